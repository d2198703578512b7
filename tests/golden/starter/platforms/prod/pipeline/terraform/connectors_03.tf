resource "kafka-connect_connector" "shop-1--source" {
  name = "prod.shop.1.source"
  config = {
    name                                        = "prod.shop.1.source"
    "connector.class"                           = "io.debezium.connector.postgresql.PostgresConnector"
    "tasks.max"                                 = "1"
    "database.hostname"                         = "shop-db.acme.example"
    "database.port"                             = "5432"
    "database.user"                             = "$${dir:/run/secrets/connect:shop_reader.username}"
    "database.password"                         = "$${dir:/run/secrets/connect:shop_reader.password}"
    "database.dbname"                           = "shop"
    "database.sslmode"                          = "prefer"
    "plugin.name"                               = "pgoutput"
    "slot.name"                                 = "dsc_prod_shop_1"
    "slot.drop.on.stop"                         = "false"
    "publication.name"                          = "dsc_prod_shop_1"
    "publication.autocreate.mode"               = "disabled"
    "topic.prefix"                              = "prod.shop.1"
    "table.include.list"                        = "sales\\.customer,sales\\.order_line,sales\\.orders,dsc_prod_shop\\.heartbeat"
    "snapshot.mode"                             = "initial"
    "heartbeat.interval.ms"                     = "10000"
    "heartbeat.action.query"                    = "select \"dsc_prod_shop\".\"beat\"()"
    "key.converter"                             = "org.apache.kafka.connect.json.JsonConverter"
    "key.converter.schemas.enable"              = "true"
    "key.converter.replace.null.with.default"   = "false"
    "value.converter"                           = "org.apache.kafka.connect.json.JsonConverter"
    "value.converter.schemas.enable"            = "true"
    "value.converter.replace.null.with.default" = "false"
    "header.converter"                          = "org.apache.kafka.connect.storage.StringConverter"
    "tombstones.on.delete"                      = "true"
    "decimal.handling.mode"                     = "precise"
    "time.precision.mode"                       = "adaptive"
    "interval.handling.mode"                    = "string"
    "skipped.operations"                        = "none"
    "unavailable.value.placeholder"             = "\"__dsc_unchanged_0735996b\""
    "provide.transaction.metadata"              = "true"
    "notification.enabled.channels"             = "sink"
    "notification.sink.topic.name"              = "prod.shop.1.notification"
    "exactly.once.support"                      = "required"
    "transaction.boundary"                      = "poll"
    "poll.interval.ms"                          = "100"
    "producer.override.compression.type"        = "zstd"
    "producer.override.transaction.timeout.ms"  = "10000"
    "topic.creation.default.partitions"         = "1"
    "topic.creation.default.replication.factor" = "3"
    "topic.creation.default.cleanup.policy"     = "delete"
    "topic.creation.default.retention.ms"       = "604800000"
    "topic.creation.groups"                     = "single"
    "topic.creation.single.include"             = "prod\\.shop\\.1\\.transaction,prod\\.shop\\.1\\.notification,prod\\.shop\\.1\\.dsc_prod_shop\\.heartbeat"
    "topic.creation.single.partitions"          = "1"
    "topic.creation.single.replication.factor"  = "3"
    "topic.creation.single.cleanup.policy"      = "delete"
    "topic.creation.single.retention.ms"        = "604800000"
  }
  depends_on = [
    kafka_topic.shop-1-customer,
    kafka_topic.shop-1-order_line,
    kafka_topic.shop-1-orders,
    kafka_topic.shop-1--transaction,
    kafka_topic.shop-1--notification,
    kafka_topic.shop-1--heartbeat,
  ]
}

resource "kafka-connect_connector" "shop-1-customer" {
  name = "prod.shop.1.customer.sink"
  config = {
    name                                               = "prod.shop.1.customer.sink"
    "connector.class"                                  = "io.debezium.connector.jdbc.JdbcSinkConnector"
    "tasks.max"                                        = "1"
    topics                                             = "prod.shop.1.sales.customer"
    "connection.url"                                   = "jdbc:postgresql://merge.acme-data.svc:5432/merge?sslmode=disable"
    "connection.username"                              = "$${dir:/run/secrets/connect:prod_sink.username}"
    "connection.password"                              = "$${dir:/run/secrets/connect:prod_sink.password}"
    "connection.pool.min_size"                         = "1"
    "connection.pool.max_size"                         = "3"
    "insert.mode"                                      = "upsert"
    "primary.key.mode"                                 = "kafka"
    "delete.enabled"                                   = "false"
    "schema.evolution"                                 = "none"
    "collection.name.format"                           = "staging.shop__customer"
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
    "field.include.list"                               = "id,name,email,created_at,__deleted,__op,__source_lsn,__source_ts_ms,__source_txId,__source_snapshot,__source_sequence,__transaction_id,__transaction_total_order,__kafka_ts"
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
    kafka_topic.shop-1-customer,
  ]
}

resource "kafka-connect_connector" "shop-1-order_line" {
  name = "prod.shop.1.order_line.sink"
  config = {
    name                                               = "prod.shop.1.order_line.sink"
    "connector.class"                                  = "io.debezium.connector.jdbc.JdbcSinkConnector"
    "tasks.max"                                        = "1"
    topics                                             = "prod.shop.1.sales.order_line"
    "connection.url"                                   = "jdbc:postgresql://merge.acme-data.svc:5432/merge?sslmode=disable"
    "connection.username"                              = "$${dir:/run/secrets/connect:prod_sink.username}"
    "connection.password"                              = "$${dir:/run/secrets/connect:prod_sink.password}"
    "connection.pool.min_size"                         = "1"
    "connection.pool.max_size"                         = "3"
    "insert.mode"                                      = "upsert"
    "primary.key.mode"                                 = "kafka"
    "delete.enabled"                                   = "false"
    "schema.evolution"                                 = "none"
    "collection.name.format"                           = "staging.shop__order_line"
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
    "field.include.list"                               = "order_id,line_no,product,quantity,price,__deleted,__op,__source_lsn,__source_ts_ms,__source_txId,__source_snapshot,__source_sequence,__transaction_id,__transaction_total_order,__kafka_ts"
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
    kafka_topic.shop-1-order_line,
  ]
}

resource "kafka-connect_connector" "shop-1-orders" {
  name = "prod.shop.1.orders.sink"
  config = {
    name                                               = "prod.shop.1.orders.sink"
    "connector.class"                                  = "io.debezium.connector.jdbc.JdbcSinkConnector"
    "tasks.max"                                        = "1"
    topics                                             = "prod.shop.1.sales.orders"
    "connection.url"                                   = "jdbc:postgresql://merge.acme-data.svc:5432/merge?sslmode=disable"
    "connection.username"                              = "$${dir:/run/secrets/connect:prod_sink.username}"
    "connection.password"                              = "$${dir:/run/secrets/connect:prod_sink.password}"
    "connection.pool.min_size"                         = "1"
    "connection.pool.max_size"                         = "3"
    "insert.mode"                                      = "upsert"
    "primary.key.mode"                                 = "kafka"
    "delete.enabled"                                   = "false"
    "schema.evolution"                                 = "none"
    "collection.name.format"                           = "staging.shop__orders"
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
    "field.include.list"                               = "id,customer_id,ordered_at,total,delivery,__deleted,__op,__source_lsn,__source_ts_ms,__source_txId,__source_snapshot,__source_sequence,__transaction_id,__transaction_total_order,__kafka_ts"
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
    kafka_topic.shop-1-orders,
  ]
}

resource "kafka-connect_connector" "shop-1--transaction" {
  name = "prod.shop.1.transaction.sink"
  config = {
    name                                        = "prod.shop.1.transaction.sink"
    "connector.class"                           = "io.debezium.connector.jdbc.JdbcSinkConnector"
    "tasks.max"                                 = "1"
    topics                                      = "prod.shop.1.transaction"
    "connection.url"                            = "jdbc:postgresql://merge.acme-data.svc:5432/merge?sslmode=disable"
    "connection.username"                       = "$${dir:/run/secrets/connect:prod_sink.username}"
    "connection.password"                       = "$${dir:/run/secrets/connect:prod_sink.password}"
    "connection.pool.min_size"                  = "1"
    "connection.pool.max_size"                  = "3"
    "insert.mode"                               = "upsert"
    "primary.key.mode"                          = "kafka"
    "delete.enabled"                            = "false"
    "schema.evolution"                          = "none"
    "collection.name.format"                    = "staging.shop__transaction"
    "quote.identifiers"                         = "true"
    "use.time.zone"                             = "UTC"
    "consumer.override.auto.offset.reset"       = "earliest"
    "consumer.override.isolation.level"         = "read_committed"
    "header.converter"                          = "org.apache.kafka.connect.storage.StringConverter"
    "key.converter"                             = "org.apache.kafka.connect.json.JsonConverter"
    "key.converter.schemas.enable"              = "true"
    "key.converter.replace.null.with.default"   = "false"
    "value.converter"                           = "org.apache.kafka.connect.json.JsonConverter"
    "value.converter.schemas.enable"            = "true"
    "value.converter.replace.null.with.default" = "false"
    "field.include.list"                        = "status,id,event_count,ts_ms"
  }
  depends_on = [
    kafka_topic.shop-1--transaction,
  ]
}

resource "kafka-connect_connector" "shop-1--notification" {
  name = "prod.shop.1.notification.sink"
  config = {
    name                                  = "prod.shop.1.notification.sink"
    "connector.class"                     = "io.debezium.connector.jdbc.JdbcSinkConnector"
    "tasks.max"                           = "1"
    topics                                = "prod.shop.1.notification"
    "connection.url"                      = "jdbc:postgresql://merge.acme-data.svc:5432/merge?sslmode=disable"
    "connection.username"                 = "$${dir:/run/secrets/connect:prod_sink.username}"
    "connection.password"                 = "$${dir:/run/secrets/connect:prod_sink.password}"
    "connection.pool.min_size"            = "1"
    "connection.pool.max_size"            = "3"
    "insert.mode"                         = "upsert"
    "primary.key.mode"                    = "kafka"
    "delete.enabled"                      = "false"
    "schema.evolution"                    = "none"
    "collection.name.format"              = "staging.shop__notification"
    "quote.identifiers"                   = "true"
    "use.time.zone"                       = "UTC"
    "consumer.override.auto.offset.reset" = "earliest"
    "consumer.override.isolation.level"   = "read_committed"
    "header.converter"                    = "org.apache.kafka.connect.storage.StringConverter"
    "key.converter"                       = "org.apache.kafka.connect.storage.StringConverter"
    "value.converter"                     = "org.apache.kafka.connect.storage.StringConverter"
    transforms                            = "hoist"
    "transforms.hoist.type"               = "org.apache.kafka.connect.transforms.HoistField$Value"
    "transforms.hoist.field"              = "payload"
  }
  depends_on = [
    kafka_topic.shop-1--notification,
  ]
}

resource "kafka-connect_connector" "shop-1--heartbeat" {
  name = "prod.shop.1.heartbeat.sink"
  config = {
    name                                               = "prod.shop.1.heartbeat.sink"
    "connector.class"                                  = "io.debezium.connector.jdbc.JdbcSinkConnector"
    "tasks.max"                                        = "1"
    topics                                             = "prod.shop.1.dsc_prod_shop.heartbeat"
    "connection.url"                                   = "jdbc:postgresql://merge.acme-data.svc:5432/merge?sslmode=disable"
    "connection.username"                              = "$${dir:/run/secrets/connect:prod_sink.username}"
    "connection.password"                              = "$${dir:/run/secrets/connect:prod_sink.password}"
    "connection.pool.min_size"                         = "1"
    "connection.pool.max_size"                         = "3"
    "insert.mode"                                      = "upsert"
    "primary.key.mode"                                 = "kafka"
    "delete.enabled"                                   = "false"
    "schema.evolution"                                 = "none"
    "collection.name.format"                           = "staging.shop__heartbeat"
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
    "field.include.list"                               = "id,at,system_identifier,timeline,__deleted,__op,__source_lsn,__source_ts_ms,__source_txId,__source_snapshot,__source_sequence,__transaction_id,__transaction_total_order,__kafka_ts"
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
    kafka_topic.shop-1--heartbeat,
  ]
}
