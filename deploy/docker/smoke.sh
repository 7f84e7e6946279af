#!/bin/bash
# Builds the images, brings the whole compose file up, asks one question through the published port, kills a container,
# asks again, and takes everything down. Needs Docker, a JDK >= 25, curl and python3. Leaves nothing behind.
set -euo pipefail
cd "$(dirname "$0")/../.."
export XIAOER_PORT=${XIAOER_PORT:-18080} COMPOSE_PROJECT_NAME=xiaoer-smoke
env_file=$(mktemp)
base=http://localhost:$XIAOER_PORT

compose() {
  if docker compose version >/dev/null 2>&1; then
    docker compose --env-file "$env_file" "$@"
  else
    docker-compose --env-file "$env_file" "$@"
  fi
}
say() { printf '\n== %s\n' "$*"; }
finish() {
  code=$?
  [ "$code" = 0 ] || compose logs --tail 40 || :
  say 'down'
  compose down --volumes --remove-orphans --timeout 20 >/dev/null 2>&1 || :
  rm -f "$env_file"
  exit "$code"
}
trap finish EXIT

# until_true SECONDS COMMAND...: waits for a condition.
until_true() {
  local end=$((SECONDS + $1)); shift
  until "$@"; do
    [ $SECONDS -lt $end ] || { echo "still not: $*" >&2; return 1; }
    sleep 1
  done
}
field() { python3 -c 'import json,sys; d=json.load(sys.stdin)
for k in sys.argv[1].split("."): d = d[int(k)] if k.isdigit() else d[k]
print(d)' "$1"; }

# The identity is not published: its token endpoint is asked from inside its own container.
token() {
  local client=$1 secret
  secret=$(sed -n 's/^IDENTITY_CLIENTS=//p' "$env_file" | base64 -d |
    python3 -c 'import json,sys; print(next(c["client_secret"] for c in json.load(sys.stdin) if c["client_id"] == sys.argv[1]))' "$client")
  compose exec -T -e BASIC="$(printf '%s:%s' "$client" "$secret" | base64 -w0)" identity bash -c '
    exec 3<>/dev/tcp/127.0.0.1/9000
    body=grant_type=client_credentials
    printf "POST /oauth2/token HTTP/1.1\r\nHost: identity:9000\r\nAuthorization: Basic %s\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s" "$BASIC" ${#body} "$body" >&3
    cat <&3' | tr -d '\r' | grep -o '"access_token":"[^"]*"' | cut -d'"' -f4
}
call() { # METHOD PATH TOKEN [BODY]
  curl --silent --show-error --fail-with-body --max-time 20 -X "$1" "$base$2" -H "Authorization: Bearer $3" \
    -H 'Content-Type: application/json' -H 'Prefer: wait=10' ${4:+--data "$4"}
}
ask() {
  local answer
  answer=$(call POST "/api/v1/bot/sessions/$sid/messages" "$chat" "{\"text\":\"$question\"}") || return 1
  printf '%s\n' "$answer" | grep -qF "$expected"
}

say 'build'
[ "${SKIP_BUILD:-}" = 1 ] || ./mvnw -q -B -DskipTests package
./xiaoer env "$env_file"
compose build --quiet 2>/dev/null || compose build >/dev/null

say 'up'
compose up --detach
for service in identity session-service bot-service order-sync-service compensation-service gateway-service; do
  until_true 180 sh -c "[ \"\$(docker inspect -f '{{.State.Health.Status}}' \$(docker ps -q --filter label=com.docker.compose.project=$COMPOSE_PROJECT_NAME --filter label=com.docker.compose.service=$service))\" = healthy ]"
  echo "$service is healthy"
done

say 'one question'
question="smoke question $RANDOM$RANDOM" expected="smoke answer $RANDOM$RANDOM"
ops=$(token ops)
call PUT /api/v1/ops/shops/1001 "$ops" '{"name":"Smoke"}' >/dev/null
merchant=$(token merchant-1001)
until_true 20 call PUT /api/v1/faqs/1 "$merchant" "{\"question\":\"$question\",\"similar\":[],\"answer\":\"$expected\",\"locale\":\"en\"}" >/dev/null
chat=$(call POST /api/v1/bot/chat-tokens "$merchant" '{"user_id":"smoke"}' | field data.attributes.token)
sid=$(call POST /api/v1/bot/sessions "$chat" '{"device":"web"}' | field data.id)
until_true 30 ask
echo "asked: $question"
echo "answer: $expected"

say 'kill bot-service, ask again'
docker kill "$(docker ps -q --filter label=com.docker.compose.project=$COMPOSE_PROJECT_NAME --filter label=com.docker.compose.service=bot-service)" >/dev/null
compose up --detach bot-service >/dev/null 2>&1
until_true 90 ask
echo "answered after the kill"
say 'smoke passed'
