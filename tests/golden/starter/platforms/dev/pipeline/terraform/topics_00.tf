resource "kafka_topic" "shop-1-customer" {
  name               = "dev.shop.1.sales.customer"
  partitions         = 1
  replication_factor = 1
  config = {
    "cleanup.policy"      = "delete"
    "min.insync.replicas" = "1"
    "retention.ms"        = "604800000"
  }

  lifecycle {
    prevent_destroy = true
  }
}

resource "kafka_topic" "shop-1-order_line" {
  name               = "dev.shop.1.sales.order_line"
  partitions         = 1
  replication_factor = 1
  config = {
    "cleanup.policy"      = "delete"
    "min.insync.replicas" = "1"
    "retention.ms"        = "604800000"
  }

  lifecycle {
    prevent_destroy = true
  }
}

resource "kafka_topic" "shop-1-orders" {
  name               = "dev.shop.1.sales.orders"
  partitions         = 1
  replication_factor = 1
  config = {
    "cleanup.policy"      = "delete"
    "min.insync.replicas" = "1"
    "retention.ms"        = "604800000"
  }

  lifecycle {
    prevent_destroy = true
  }
}

resource "kafka_topic" "shop-1--transaction" {
  name               = "dev.shop.1.transaction"
  partitions         = 1
  replication_factor = 1
  config = {
    "cleanup.policy"      = "delete"
    "min.insync.replicas" = "1"
    "retention.ms"        = "604800000"
  }

  lifecycle {
    prevent_destroy = true
  }
}

resource "kafka_topic" "shop-1--notification" {
  name               = "dev.shop.1.notification"
  partitions         = 1
  replication_factor = 1
  config = {
    "cleanup.policy"      = "delete"
    "min.insync.replicas" = "1"
    "retention.ms"        = "604800000"
  }

  lifecycle {
    prevent_destroy = true
  }
}

resource "kafka_topic" "shop-1--heartbeat" {
  name               = "dev.shop.1.dsc_dev_shop.heartbeat"
  partitions         = 1
  replication_factor = 1
  config = {
    "cleanup.policy"      = "delete"
    "min.insync.replicas" = "1"
    "retention.ms"        = "604800000"
  }

  lifecycle {
    prevent_destroy = true
  }
}
