resource "kafka_topic" "clicks-1-page_view" {
  name               = "web.public.page_view"
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
