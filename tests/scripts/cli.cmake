# The flow tests of the command line run the programs themselves.
if(TARGET tst_cli)
    add_dependencies(tst_cli outrigger-cli)
    set_tests_properties(tst_cli PROPERTIES TIMEOUT 600) # an attempt that was cut is looked for over two minutes
endif()
