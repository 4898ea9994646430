# Signing in and out in the real window, with a real gnome-keyring.
add_executable(tst_keyringwindow ${CMAKE_CURRENT_LIST_DIR}/gui/tst_keyringwindow.cpp)
set_target_properties(tst_keyringwindow PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
target_link_libraries(tst_keyringwindow PRIVATE outrigger_test_support outrigger_gui outrigger_practice Qt6::DBus outrigger_flags)
add_test(NAME keyringwindow
    COMMAND ${PROJECT_SOURCE_DIR}/tests/support/with-keyring unlocked $<TARGET_FILE:tst_keyringwindow>)
set_tests_properties(keyringwindow PROPERTIES LABELS keyring TIMEOUT 300 RESOURCE_LOCK redirect_port
    ENVIRONMENT "QT_QPA_PLATFORM=offscreen;LC_ALL=C.UTF-8")

# The whole window on a disk that fills up.
add_executable(tst_fulldisk ${CMAKE_CURRENT_LIST_DIR}/gui/tst_fulldisk.cpp)
set_target_properties(tst_fulldisk PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
target_link_libraries(tst_fulldisk PRIVATE outrigger_test_support outrigger_gui outrigger_practice outrigger_flags)
add_dependencies(tst_fulldisk outrigger-practice outrigger outrigger-cli)
add_test(NAME fulldisk COMMAND ${PROJECT_SOURCE_DIR}/tests/support/with-small-disk 90 $<TARGET_FILE:tst_fulldisk>)
set_tests_properties(fulldisk PROPERTIES LABELS gui TIMEOUT 180 SKIP_RETURN_CODE 77
    ENVIRONMENT "QT_QPA_PLATFORM=offscreen;LC_ALL=C.UTF-8")

# Notifications with a real daemon on a private desktop.
add_executable(tst_notifier ${CMAKE_CURRENT_LIST_DIR}/gui/tst_notifier.cpp)
set_target_properties(tst_notifier PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
target_link_libraries(tst_notifier PRIVATE outrigger_test_support outrigger_gui Qt6::DBus outrigger_flags)
add_test(NAME notifier COMMAND ${PROJECT_SOURCE_DIR}/packaging/desktop --keyring none -- $<TARGET_FILE:tst_notifier>)
set_tests_properties(notifier PROPERTIES LABELS gui TIMEOUT 180 ENVIRONMENT "LC_ALL=C.UTF-8")

# The window with a real tray on a private desktop.
add_executable(tst_tray ${CMAKE_CURRENT_LIST_DIR}/gui/tst_tray.cpp)
set_target_properties(tst_tray PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
target_link_libraries(tst_tray PRIVATE outrigger_test_support outrigger_gui outrigger_practice outrigger_flags)
add_dependencies(tst_tray outrigger-practice)
add_test(NAME tray COMMAND ${PROJECT_SOURCE_DIR}/packaging/desktop --keyring none -- $<TARGET_FILE:tst_tray>)
set_tests_properties(tray PROPERTIES LABELS gui TIMEOUT 180 ENVIRONMENT "LC_ALL=C.UTF-8")

# Replies written into a notification, with a service that takes them on a private bus.
add_executable(tst_inlinereply ${CMAKE_CURRENT_LIST_DIR}/gui/tst_inlinereply.cpp ${CMAKE_CURRENT_LIST_DIR}/gui/notificationservice.h)
set_target_properties(tst_inlinereply PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
target_link_libraries(tst_inlinereply PRIVATE outrigger_test_support outrigger_gui outrigger_practice Qt6::DBus outrigger_flags)
add_dependencies(tst_inlinereply outrigger-practice)
add_test(NAME inlinereply COMMAND ${PROJECT_SOURCE_DIR}/packaging/desktop --keyring none --no-display -- $<TARGET_FILE:tst_inlinereply>)
set_tests_properties(inlinereply PROPERTIES LABELS gui TIMEOUT 180 ENVIRONMENT "QT_QPA_PLATFORM=offscreen;LC_ALL=C.UTF-8")

# Reminders of appointments, with the same service.
add_executable(tst_reminders ${CMAKE_CURRENT_LIST_DIR}/gui/tst_reminders.cpp ${CMAKE_CURRENT_LIST_DIR}/gui/notificationservice.h)
set_target_properties(tst_reminders PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
target_link_libraries(tst_reminders PRIVATE outrigger_test_support outrigger_gui outrigger_practice Qt6::DBus outrigger_flags)
add_dependencies(tst_reminders outrigger-practice)
add_test(NAME reminders COMMAND ${PROJECT_SOURCE_DIR}/packaging/desktop --keyring none --no-display -- $<TARGET_FILE:tst_reminders>)
set_tests_properties(reminders PROPERTIES LABELS gui TIMEOUT 240 ENVIRONMENT "QT_QPA_PLATFORM=offscreen;LC_ALL=C.UTF-8")

# The player of calls where nothing can be heard: the sound library looks for a device once a process.
add_test(NAME callplayer_nosound COMMAND tst_callplayer withoutASoundDeviceTheWordsAreThereAndItSaysSo)
set_tests_properties(callplayer_nosound PROPERTIES LABELS gui TIMEOUT 120
    ENVIRONMENT "QT_QPA_PLATFORM=offscreen;LC_ALL=C.UTF-8;OUTRIGGER_TEST_NO_SOUND=1")
