# The practice server's answers against HighLevel's published OpenAPI files, where they lie beside the checkout.
find_package(Python3 COMPONENTS Interpreter QUIET)
if(Python3_FOUND)
    add_test(NAME practice_openapi COMMAND ${Python3_EXECUTABLE} ${PROJECT_SOURCE_DIR}/tests/flows/practice_openapi.py
        --server $<TARGET_FILE:outrigger-practice> --openapi ${PROJECT_SOURCE_DIR}/../shared/openapi)
    set_tests_properties(practice_openapi PROPERTIES LABELS flow SKIP_RETURN_CODE 77 TIMEOUT 120)
endif()

# These start the program itself.
if(TARGET tst_practice_process)
    add_dependencies(tst_practice_process outrigger-practice)
endif()
