#!/bin/sh
# What a block scalar at the end of a file means depends on which reader of Kubernetes reads the file.
#
# k8s.io/apimachinery 0.33.4 and sigs.k8s.io/yaml 1.6.0. Input: "data: |\n  x", without a line break at the end.
# - sigs.k8s.io/yaml, as tools call it on the content of a file: {"data":"x"}
# - the same text through the document readers of apimachinery, which kubectl uses: {"data":"x\n"}
# The readers end every line of a document, the last one too. So a ConfigMap or an environment value gains a line break
# when the last line break of its file is lost on the way (an editor, a template, `printf %s`), and only for some tools.
# By the YAML specification the first answer is right.
#
# Output seen:
#   library: {"data":"x"}
#   reader:  {"data":"x\n"}
#   decoder: {"data":"x\n"}
#
# Needs Go 1.24 or later. Exits with another status than 0 when one of the answers has changed.
set -eu
folder=$(mktemp -d)
trap 'chmod -R u+w "$folder"; rm -r "$folder"' EXIT
cd "$folder"

cat > go.mod <<'END'
module finding

go 1.24

require (
	k8s.io/apimachinery v0.33.4
	sigs.k8s.io/yaml v1.6.0
)
END

cat > main.go <<'END'
package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"

	documents "k8s.io/apimachinery/pkg/util/yaml"
	"sigs.k8s.io/yaml"
)

func must[T any](value T, err error) T {
	if err != nil {
		panic(err)
	}
	return value
}

func main() {
	text := []byte("data: |\n  x")
	fmt.Printf("library: %s\n", must(yaml.YAMLToJSON(text)))
	document := must(documents.NewYAMLReader(bufio.NewReader(bytes.NewReader(text))).Read())
	fmt.Printf("reader:  %s\n", must(yaml.YAMLToJSON(document)))
	var data map[string]any
	if err := documents.NewYAMLOrJSONDecoder(bytes.NewReader(text), 4096).Decode(&data); err != nil {
		panic(err)
	}
	fmt.Printf("decoder: %s\n", must(json.Marshal(data)))
}
END

export GOFLAGS=-mod=mod GOPATH="$folder/go"
go mod tidy 2> log || { cat log >&2; exit 1; }
go run . > seen
cat > expected <<'END'
library: {"data":"x"}
reader:  {"data":"x\n"}
decoder: {"data":"x\n"}
END
cat seen
diff expected seen
