# SPDX-License-Identifier: Apache-2.0
# Read by cpack. A package of a program that is not static names the libraries that it was linked
# with, or is not made.
if(CPACK_GENERATOR STREQUAL "DEB" AND NOT CPACK_OCTROI_STATIC)
  find_program(shlibdeps dpkg-shlibdeps)
  if(NOT shlibdeps)
    message(FATAL_ERROR "dpkg-shlibdeps is not there to find the dependencies: "
      "apt-get install dpkg-dev, or configure with -DOCTROI_STATIC=ON")
  endif()
  set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
endif()
