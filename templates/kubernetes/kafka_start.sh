#!/bin/bash
# Starts the broker of this pod: its number is the end of its name.
set -euo pipefail
sed "s/@ID@/${HOSTNAME##*-}/g" /etc/kafka-config/server.properties >/tmp/server.properties
/opt/kafka/bin/kafka-storage.sh format --ignore-formatted \
    --cluster-id "$CLUSTER_ID" --config /tmp/server.properties
exec /opt/kafka/bin/kafka-server-start.sh /tmp/server.properties
