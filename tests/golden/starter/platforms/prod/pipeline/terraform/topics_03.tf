resource "kafka_topic" "shop-1-customer" {
  name               = "prod.shop.1.sales.customer"
  partitions         = 1
  replication_factor = 3
  config = {
    "cleanup.policy"      = "delete"
    "min.insync.replicas" = "2"
    "retention.ms"        = "604800000"
  }

  lifecycle {
    prevent_destroy = true
  }
}

resource "kafka_topic" "shop-1-order_line" {
  name               = "prod.shop.1.sales.order_line"
  partitions         = 1
  replication_factor = 3
  config = {
    "cleanup.policy"      = "delete"
    "min.insync.replicas" = "2"
    "retention.ms"        = "604800000"
  }

  lifecycle {
    prevent_destroy = true
  }
}

resource "kafka_topic" "shop-1-orders" {
  name               = "prod.shop.1.sales.orders"
  partitions         = 1
  replication_factor = 3
  config = {
    "cleanup.policy"      = "delete"
    "min.insync.replicas" = "2"
    "retention.ms"        = "604800000"
  }

  lifecycle {
    prevent_destroy = true
  }
}

resource "kafka_topic" "shop-1--transaction" {
  name               = "prod.shop.1.transaction"
  partitions         = 1
  replication_factor = 3
  config = {
    "cleanup.policy"      = "delete"
    "min.insync.replicas" = "2"
    "retention.ms"        = "604800000"
  }

  lifecycle {
    prevent_destroy = true
  }
}

resource "kafka_topic" "shop-1--notification" {
  name               = "prod.shop.1.notification"
  partitions         = 1
  replication_factor = 3
  config = {
    "cleanup.policy"      = "delete"
    "min.insync.replicas" = "2"
    "retention.ms"        = "604800000"
  }

  lifecycle {
    prevent_destroy = true
  }
}

resource "kafka_topic" "shop-1--heartbeat" {
  name               = "prod.shop.1.dsc_prod_shop.heartbeat"
  partitions         = 1
  replication_factor = 3
  config = {
    "cleanup.policy"      = "delete"
    "min.insync.replicas" = "2"
    "retention.ms"        = "604800000"
  }

  lifecycle {
    prevent_destroy = true
  }
}
