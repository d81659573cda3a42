# SPDX-License-Identifier: Apache-2.0
# OCTROI_STATIC: every library as an archive, from here on. What is linked is one position
# independent file that no dynamic loader touches.
set(CMAKE_FIND_LIBRARY_SUFFIXES ".a")

# octroi_take_archives(PREFIX)
#   Debian's CMake targets name shared libraries where archives lie beside them. Makes those of this
#   folder whose names begin with PREFIX name the archives.
function(octroi_take_archives prefix)
  get_property(targets DIRECTORY PROPERTY IMPORTED_TARGETS)
  foreach(target IN LISTS targets)
    string(FIND "${target}" "${prefix}" place)
    get_target_property(configurations ${target} IMPORTED_CONFIGURATIONS)
    if(NOT place EQUAL 0 OR NOT configurations)
      continue()
    endif()
    foreach(configuration IN LISTS configurations)
      get_target_property(file ${target} IMPORTED_LOCATION_${configuration})
      string(REGEX REPLACE "\\.so(\\.[0-9.]+)?$" ".a" archive "${file}")
      if(EXISTS "${archive}")
        set_target_properties(${target} PROPERTIES IMPORTED_LOCATION_${configuration} "${archive}")
      endif()
    endforeach()
  endforeach()
endfunction()
