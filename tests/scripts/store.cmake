# Files of older versions, brought up to date by a program that is killed at a system call of it.
add_executable(tst_migrationcalls ${CMAKE_CURRENT_LIST_DIR}/store/tst_migrationcalls.cpp
    ${CMAKE_CURRENT_LIST_DIR}/store/older.qrc ${CMAKE_CURRENT_LIST_DIR}/store/nextoutbox.qrc)
set_target_properties(tst_migrationcalls PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
target_link_libraries(tst_migrationcalls PRIVATE outrigger_test_support outrigger_store outrigger_flags)
add_test(NAME tst_migrationcalls COMMAND tst_migrationcalls)
set_tests_properties(tst_migrationcalls PROPERTIES LABELS flow TIMEOUT 300 ENVIRONMENT "LC_ALL=C.UTF-8")
