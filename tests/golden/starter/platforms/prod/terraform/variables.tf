variable "kafka_bootstrap_servers" {
  description = "Brokers of the platform's Kafka, host:port"
  type        = list(string)
  default = [
    "kafka.acme-data.svc:9092",
  ]
}

variable "kafka_connect_url" {
  description = "Address of Kafka Connect's REST interface"
  type        = string
  default     = "http://connect.acme-data.svc:8083"
}
