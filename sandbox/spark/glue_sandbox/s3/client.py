"""AWS clients for the sandbox's endpoint."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import boto3
from botocore.config import Config

CONNECTIONS = 16


@dataclass(frozen=True)
class Endpoint:
    """Where the embedded AWS answers, and as whom it is called."""

    url: str
    region: str
    credentials: Mapping[str, str | None]

    @classmethod
    def from_spec(cls, spec: Mapping[str, Any]) -> Endpoint:
        return cls(url=spec["endpoint"], region=spec["region"], credentials=spec["credentials"])

    def client(self, service: str) -> Any:
        """A boto3 client; clients may be shared between threads."""
        config = Config(
            max_pool_connections=CONNECTIONS,
            retries={"max_attempts": 3, "mode": "standard"},
            s3={"addressing_style": "path"},
        )
        return boto3.client(
            service,
            endpoint_url=self.url,
            region_name=self.region,
            aws_access_key_id=self.credentials["accessKeyId"],
            aws_secret_access_key=self.credentials["secretAccessKey"],
            aws_session_token=self.credentials.get("sessionToken"),
            config=config,
        )
