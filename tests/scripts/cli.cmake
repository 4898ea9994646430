# The flow tests of the command line run the programs themselves.
if(TARGET tst_cli_contacts)
    add_dependencies(tst_cli_contacts outrigger-cli)
endif()
if(TARGET tst_cli_mail)
    add_dependencies(tst_cli_mail outrigger-cli)
endif()
if(TARGET tst_cli)
    add_dependencies(tst_cli outrigger-cli)
    set_tests_properties(tst_cli PROPERTIES TIMEOUT 600) # an attempt that was cut is looked for over two minutes
endif()

# Accounts from the command line, with a keychain that works and with none.
add_executable(tst_cliaccounts ${CMAKE_CURRENT_LIST_DIR}/cli/tst_cliaccounts.cpp)
set_target_properties(tst_cliaccounts PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
target_link_libraries(tst_cliaccounts PRIVATE outrigger_test_support outrigger_practice outrigger_flags)
add_dependencies(tst_cliaccounts outrigger-cli)
foreach(world unlocked none)
    add_test(NAME cliaccounts_${world}
        COMMAND ${PROJECT_SOURCE_DIR}/tests/support/with-keyring ${world} $<TARGET_FILE:tst_cliaccounts>)
    set_tests_properties(cliaccounts_${world} PROPERTIES LABELS keyring TIMEOUT 300 RESOURCE_LOCK redirect_port
        ENVIRONMENT "QT_QPA_PLATFORM=offscreen;LC_ALL=C.UTF-8")
endforeach()

# Marked secrets, words and numbers, and a look at every place where they must not be.
add_executable(tst_canary ${CMAKE_CURRENT_LIST_DIR}/cli/tst_canary.cpp)
set_target_properties(tst_canary PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
target_link_libraries(tst_canary PRIVATE outrigger_test_support outrigger_practice outrigger_flags)
add_dependencies(tst_canary outrigger-cli outrigger)
add_test(NAME canary COMMAND ${PROJECT_SOURCE_DIR}/tests/support/with-keyring unlocked $<TARGET_FILE:tst_canary>)
# Alone: it reads the command line of every process there is, and those of other tests come and go.
set_tests_properties(canary PROPERTIES LABELS keyring TIMEOUT 300 RUN_SERIAL ON ENVIRONMENT "QT_QPA_PLATFORM=offscreen;LC_ALL=C.UTF-8")

if(TARGET tst_cli_events)
    add_dependencies(tst_cli_events outrigger-cli)
endif()
if(TARGET tst_cli_op)
    add_dependencies(tst_cli_op outrigger-cli)
endif()
# All 126 operations, each called, compared with HighLevel's OpenAPI files where they lie beside the checkout, and read back.
find_package(Python3 COMPONENTS Interpreter QUIET)
if(Python3_FOUND)
    foreach(dialect spec both)
        add_test(NAME operations_walk_${dialect} COMMAND ${Python3_EXECUTABLE} ${PROJECT_SOURCE_DIR}/tests/flows/operations_walk.py
            --bin ${CMAKE_RUNTIME_OUTPUT_DIRECTORY} --openapi ${PROJECT_SOURCE_DIR}/../shared/openapi --dialect ${dialect})
        set_tests_properties(operations_walk_${dialect} PROPERTIES LABELS flow SKIP_RETURN_CODE 77 TIMEOUT 900 ENVIRONMENT "LC_ALL=C.UTF-8")
    endforeach()
endif()
if(TARGET tst_cli_tasks)
    add_dependencies(tst_cli_tasks outrigger-cli)
endif()
if(TARGET tst_cli_leads)
    add_dependencies(tst_cli_leads outrigger-cli)
    set_tests_properties(tst_cli_leads PROPERTIES TIMEOUT 600) # some fifty processes
endif()
