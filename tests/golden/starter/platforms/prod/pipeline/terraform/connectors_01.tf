resource "kafka-connect_connector" "clicks-1--mirror" {
  name = "prod.clicks.1.mirror"
  config = {
    name                                       = "prod.clicks.1.mirror"
    "connector.class"                          = "org.apache.kafka.connect.mirror.MirrorSourceConnector"
    "tasks.max"                                = "1"
    "source.cluster.alias"                     = "web_kafka-source"
    "target.cluster.alias"                     = "prod-target"
    "source.cluster.bootstrap.servers"         = "kafka.web.acme.example:9092"
    "source.cluster.security.protocol"         = "PLAINTEXT"
    "target.cluster.bootstrap.servers"         = "kafka.acme-data.svc:9092"
    "target.cluster.security.protocol"         = "PLAINTEXT"
    topics                                     = "web\\.public\\.page_view"
    "topics.exclude"                           = ""
    "replication.policy.class"                 = "org.apache.kafka.connect.mirror.IdentityReplicationPolicy"
    "replication.factor"                       = "3"
    "offset-syncs.topic.location"              = "target"
    "offset-syncs.topic.replication.factor"    = "3"
    "emit.offset-syncs.enabled"                = "true"
    "sync.topic.configs.enabled"               = "false"
    "sync.topic.acls.enabled"                  = "false"
    "refresh.topics.interval.seconds"          = "60"
    "key.converter"                            = "org.apache.kafka.connect.converters.ByteArrayConverter"
    "value.converter"                          = "org.apache.kafka.connect.converters.ByteArrayConverter"
    "header.converter"                         = "org.apache.kafka.connect.converters.ByteArrayConverter"
    "exactly.once.support"                     = "required"
    "consumer.isolation.level"                 = "read_committed"
    "producer.override.compression.type"       = "zstd"
    "producer.override.transaction.timeout.ms" = "10000"
  }
  depends_on = [
    kafka_topic.clicks-1-page_view,
  ]
}

resource "kafka-connect_connector" "clicks-1-page_view" {
  name = "prod.clicks.1.page_view.sink"
  config = {
    name                                               = "prod.clicks.1.page_view.sink"
    "connector.class"                                  = "io.debezium.connector.jdbc.JdbcSinkConnector"
    "tasks.max"                                        = "1"
    topics                                             = "web.public.page_view"
    "connection.url"                                   = "jdbc:postgresql://merge.acme-data.svc:5432/merge?sslmode=disable"
    "connection.username"                              = "$${dir:/run/secrets/connect:prod_sink.username}"
    "connection.password"                              = "$${dir:/run/secrets/connect:prod_sink.password}"
    "connection.pool.min_size"                         = "1"
    "connection.pool.max_size"                         = "3"
    "insert.mode"                                      = "upsert"
    "primary.key.mode"                                 = "kafka"
    "delete.enabled"                                   = "false"
    "schema.evolution"                                 = "none"
    "collection.name.format"                           = "staging.clicks__page_view"
    "quote.identifiers"                                = "true"
    "use.time.zone"                                    = "UTC"
    "consumer.override.auto.offset.reset"              = "earliest"
    "consumer.override.isolation.level"                = "read_committed"
    "header.converter"                                 = "org.apache.kafka.connect.storage.StringConverter"
    "key.converter"                                    = "org.apache.kafka.connect.json.JsonConverter"
    "key.converter.schemas.enable"                     = "true"
    "key.converter.replace.null.with.default"          = "false"
    "value.converter"                                  = "org.apache.kafka.connect.json.JsonConverter"
    "value.converter.schemas.enable"                   = "true"
    "value.converter.replace.null.with.default"        = "false"
    "field.include.list"                               = "id,customer_id,page,seen_at,__deleted,__op,__source_lsn,__source_ts_ms,__source_txId,__source_snapshot,__source_sequence,__transaction_id,__transaction_total_order,__kafka_ts"
    transforms                                         = "unwrap,kts"
    "transforms.unwrap.type"                           = "io.debezium.transforms.ExtractNewRecordState"
    "transforms.unwrap.delete.tombstone.handling.mode" = "rewrite"
    "transforms.unwrap.add.fields"                     = "op,source.lsn,source.ts_ms,source.txId,source.snapshot,source.sequence,transaction.id,transaction.total_order"
    "transforms.unwrap.replace.null.with.default"      = "false"
    "transforms.kts.type"                              = "org.apache.kafka.connect.transforms.InsertField$Value"
    "transforms.kts.timestamp.field"                   = "__kafka_ts"
    "transforms.kts.replace.null.with.default"         = "false"
  }
  depends_on = [
    kafka_topic.clicks-1-page_view,
  ]
}
