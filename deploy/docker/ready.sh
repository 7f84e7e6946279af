#!/bin/bash
# Whether the service in this container is ready. A JRE image has no curl; bash opens the socket itself.
exec 3<>"/dev/tcp/127.0.0.1/${MANAGEMENT_PORT:?}" || exit 1
printf 'GET /actuator/health/readiness HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n' >&3
IFS= read -r -t 2 status <&3
case $status in
  *' 200 '*) exit 0 ;;
  *) exit 1 ;;
esac
