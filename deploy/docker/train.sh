#!/bin/bash
# Writes the ahead-of-time cache of the service in the working directory to FILE: a run that makes all beans, serves
# nobody and ends by itself. It needs no server: its addresses lead nowhere, its secrets are fresh.
#   train.sh FILE
set -euo pipefail
file=$1
while IFS= read -r secret; do
  export "${secret?}"
done < <(java -cp '/training/*' io.xiaoer.local.Local env)

nowhere=127.0.0.1:1
export SERVER_PORT=0 MANAGEMENT_PORT=0 XIAOER_NODE=training SPRING_FLYWAY_ENABLED=false
export REDIS_URL=redis://$nowhere KAFKA_BOOTSTRAP=$nowhere DB_URL=jdbc:mariadb://$nowhere/training DB_USER=training
export ISSUER_URI=http://$nowhere SUITE_ISSUER=urn:xiaoer:suite SUITE_JWKS_URI=http://$nowhere/oauth2/jwks
export SESSION_URI=http://$nowhere BOT_URI=http://$nowhere ORDER_SYNC_URI=http://$nowhere COMPENSATION_URI=http://$nowhere
export IDENTITY_ISSUER=http://$nowhere IDENTITY_CONSOLE_REDIRECTS=http://$nowhere/agent/
export SERVICE_SECRET=$BOT_SERVICE_SECRET
export SERVICE_SECRETS=bot-service=$BOT_SERVICE_SECRET,order-sync-service=$ORDER_SYNC_SERVICE_SECRET,compensation-service=$COMPENSATION_SERVICE_SECRET

# A heap with compressed pointers, however large the machine that builds: the cache fits no other.
if ! java -Xmx512m -Dspring.context.exit=onRefresh -XX:AOTCacheOutput="$file" -jar service.jar >/tmp/training.log 2>&1 ||
  [ ! -s "$file" ]; then
  grep -av '\]\[aot *\]' /tmp/training.log | tail -n 60
  echo "the run that makes the start cache failed: its last lines are above" >&2
  exit 1
fi
