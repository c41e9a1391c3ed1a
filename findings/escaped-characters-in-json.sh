#!/bin/sh
# Valid JSON with a character beyond U+FFFF, escaped as JSON has it, is not read by the YAML reader of Kubernetes.
#
# sigs.k8s.io/yaml 1.6.0. Input: {"data":{"a":"\ud83d\ude00"}}, which is what Python's json.dumps writes of an emoji.
# - encoding/json reads it.
# - sigs.k8s.io/yaml refuses it: YAML has \u escapes too, but none in pairs.
# So a manifest in JSON is taken or refused according to who reads it. An API server takes such a body where it is posted
# as application/json, and answers 400 where it is applied (application/apply-patch+yaml), because that is read as YAML.
#
# Output seen:
#   json: 😀
#   yaml: error converting YAML to JSON: yaml: found invalid Unicode character escape code
#
# Needs Go 1.24 or later. Exits with another status than 0 when one of the answers has changed.
set -eu
folder=$(mktemp -d)
trap 'chmod -R u+w "$folder"; rm -r "$folder"' EXIT
mkdir "$folder/module"
cd "$folder/module"

cat > go.mod <<'END'
module finding

go 1.24

require sigs.k8s.io/yaml v1.6.0
END

cat > main.go <<'END'
package main

import (
	"encoding/json"
	"fmt"

	"sigs.k8s.io/yaml"
)

type object struct{ Data map[string]string }

func main() {
	text := []byte(`{"data":{"a":"\ud83d\ude00"}}`)
	var read object
	if err := json.Unmarshal(text, &read); err != nil {
		panic(err)
	}
	fmt.Println("json:", read.Data["a"])
	fmt.Println("yaml:", yaml.Unmarshal(text, &object{}))
}
END

export GOFLAGS=-mod=mod GOPATH="$folder/go"
go mod tidy 2> log || { cat log >&2; exit 1; }
go run . > seen
cat > expected <<'END'
json: 😀
yaml: error converting YAML to JSON: yaml: found invalid Unicode character escape code
END
cat seen
diff expected seen
