# The network itself goes and comes: a namespace whose loopback is taken down.
add_executable(tst_lostnetwork ${CMAKE_CURRENT_LIST_DIR}/net/tst_lostnetwork.cpp)
set_target_properties(tst_lostnetwork PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
target_link_libraries(tst_lostnetwork PRIVATE outrigger_test_support outrigger_sync outrigger_practice outrigger_flags)
add_test(NAME lostnetwork COMMAND ${PROJECT_SOURCE_DIR}/tests/support/with-own-network $<TARGET_FILE:tst_lostnetwork>)
set_tests_properties(lostnetwork PROPERTIES LABELS flow TIMEOUT 300 SKIP_RETURN_CODE 77 ENVIRONMENT "LC_ALL=C.UTF-8")
