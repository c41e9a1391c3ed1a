"""KCL: `fleet.k` run by the engine in PyPI's kcl-lib, YAML out (without the JSON it makes besides unless told)."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from kcl_lib import api

from benchmarks.fleet import facts

services = json.dumps([facts(index) for index in range(int(sys.argv[1]))])
program = Path(__file__).with_name("fleet.k")
arguments = api.ExecProgramArgs(
    k_filename_list=[str(program)],
    args=[api.Argument(name="services", value=services)],
    path_selector=["items"],
    format="yaml",
)
sys.stdout.write(api.API().exec_program(arguments).yaml_result)
