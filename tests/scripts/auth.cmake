# The keychain against a real gnome-keyring, once for each state it can be in.
add_executable(tst_keychain ${CMAKE_CURRENT_LIST_DIR}/auth/tst_keychain.cpp)
set_target_properties(tst_keychain PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
target_link_libraries(tst_keychain PRIVATE outrigger_test_support outrigger_auth outrigger_flags)
set(keychain_unlocked keepsAndForgets manyJobsAtOnce abandonedCallerLeavesTheQueueWhole slowKeyringEndsAtOurDeadline
    zDeadKeyringIsNotASignOut)
set(keychain_locked lockedSaysLocked sessionWaitsForALockedKeyring)
set(keychain_none noServiceSaysSo)
set(keychain_nobus noServiceSaysSo)
foreach(world unlocked locked none nobus)
    add_test(NAME keychain_${world}
        COMMAND ${PROJECT_SOURCE_DIR}/tests/support/with-keyring ${world} $<TARGET_FILE:tst_keychain>
            probeTellsTheState ${keychain_${world}})
    set_tests_properties(keychain_${world} PROPERTIES LABELS keyring TIMEOUT 180
        ENVIRONMENT "QT_QPA_PLATFORM=offscreen;LC_ALL=C.UTF-8")
endforeach()

# A renewal of the token, killed at its system calls.
add_executable(tst_refreshcalls ${CMAKE_CURRENT_LIST_DIR}/auth/tst_refreshcalls.cpp)
set_target_properties(tst_refreshcalls PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
target_link_libraries(tst_refreshcalls PRIVATE outrigger_test_support outrigger_sync outrigger_practice outrigger_flags)
add_test(NAME refreshcalls COMMAND ${PROJECT_SOURCE_DIR}/tests/support/with-keyring unlocked $<TARGET_FILE:tst_refreshcalls>)
set_tests_properties(refreshcalls PROPERTIES LABELS "keyring" TIMEOUT 300 ENVIRONMENT "QT_QPA_PLATFORM=offscreen;LC_ALL=C.UTF-8")
