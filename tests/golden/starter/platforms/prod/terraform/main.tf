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

  backend "local" {
    path = "terraform.tfstate"
  }
}

provider "kafka" {
  bootstrap_servers = var.kafka_bootstrap_servers
  tls_enabled       = false
}

provider "kafka-connect" {
  url = var.kafka_connect_url
}

module "pipeline" {
  source = "../pipeline/terraform"
}
