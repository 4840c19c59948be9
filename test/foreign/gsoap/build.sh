#!/bin/sh
# Builds the gSOAP server: build.sh <folder with the published WSDL files> <folder for everything that is made>
set -eu
here=$(cd "$(dirname "$0")" && pwd)
wsdl=$1
cd "$2"
wsdl2h -k -P -t/usr/share/gsoap/WS/typemap.dat -o netserver.h \
  "$wsdl/WSDL-Services86-SoPrincipal.xml" "$wsdl/WSDL-Services86-Associate.xml" \
  "$wsdl/WSDL-Services86-Archive.xml" "$wsdl/WSDL-Services86-MDO.xml"
# -s: strict checks of what comes in; -S and -j: the server only, as a class.
soapcpp2 -1 -S -s -j -x -w -L -I/usr/share/gsoap/import netserver.h
mv ./*.nsmap netserver.nsmap
for operation in GetSystemInfo AuthenticateUsernamePassword GetAssociateList GetAssociatesByGroup LogOffWindowsUsers GetList GetArchiveListByColumns; do
  used="${used:-}${used:+|}$operation"
done
sed -nE 's/.*virtual int ([A-Za-z0-9]+)\((_ns1__[A-Za-z0-9]+) \*[^,]*, (_ns1__[A-Za-z0-9]+) &.*/  int \1(\2 *, \3 \&) override { return stranger("\1"); }/p' \
  soapBasicHttpBinding_USCORESoPrincipalService.h | grep -vE " ($used)\(" > strangers.h
c++ -std=c++17 -O0 -w -DWITH_PURE_VIRTUAL -I. -I"$here" "$here/server.cpp" soapC.cpp soapBasicHttpBinding_USCORESoPrincipalService.cpp -lgsoap++ -lpthread -o server
