"""Jsonnet: `fleet.jsonnet` evaluated by PyPI's jsonnet (the C++ original), a JSON list out.

At 4,000 services the Go implementation (gojsonnet) took 1.7 times as long here, the Rust one (rjsonnet) 1.3 times.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import _jsonnet

from benchmarks.fleet import facts

services = json.dumps([facts(index) for index in range(int(sys.argv[1]))])
program = Path(__file__).with_name("fleet.jsonnet")
sys.stdout.write(_jsonnet.evaluate_file(str(program), tla_codes={"services": services}))
