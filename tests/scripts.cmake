# Tests that are not one Qt Test program: each file under scripts/ registers its own.
file(GLOB script_registrations CONFIGURE_DEPENDS ${CMAKE_CURRENT_LIST_DIR}/scripts/*.cmake)
foreach(registration IN LISTS script_registrations)
    include(${registration})
endforeach()
