# The practice server's answers against HighLevel's published OpenAPI files, where they lie beside the checkout.
find_package(Python3 COMPONENTS Interpreter QUIET)
if(Python3_FOUND)
    add_test(NAME practice_openapi COMMAND ${Python3_EXECUTABLE} ${PROJECT_SOURCE_DIR}/tests/flows/practice_openapi.py
        --server $<TARGET_FILE:outrigger-practice> --openapi ${PROJECT_SOURCE_DIR}/../shared/openapi)
    set_tests_properties(practice_openapi PROPERTIES LABELS flow SKIP_RETURN_CODE 77 TIMEOUT 120)
endif()

# The client's requests, and the answers it got, against the same files.
add_executable(tst_clientopenapi ${CMAKE_CURRENT_LIST_DIR}/practice/tst_clientopenapi.cpp)
set_target_properties(tst_clientopenapi PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
target_link_libraries(tst_clientopenapi PRIVATE outrigger_test_support outrigger_practice outrigger_flags)
add_dependencies(tst_clientopenapi outrigger-cli)
add_test(NAME client_openapi
    COMMAND ${PROJECT_SOURCE_DIR}/tests/support/with-keyring unlocked $<TARGET_FILE:tst_clientopenapi>)
set_tests_properties(client_openapi PROPERTIES LABELS keyring TIMEOUT 300
    ENVIRONMENT "QT_QPA_PLATFORM=offscreen;LC_ALL=C.UTF-8")

# These start the program itself.
if(TARGET tst_practice_process)
    add_dependencies(tst_practice_process outrigger-practice)
endif()
