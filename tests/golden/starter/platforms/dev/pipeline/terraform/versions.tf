terraform {
  required_version = ">= 1.5"

  required_providers {
    kafka = {
      source  = "Mongey/kafka"
      version = "0.13.1"
    }
    kafka-connect = {
      source  = "Mongey/kafka-connect"
      version = "0.5.0"
    }
  }
}
