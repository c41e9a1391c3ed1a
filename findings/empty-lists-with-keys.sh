#!/bin/sh
# Server-side apply keeps no owner of an empty list with keys, so that nobody takes it out again by leaving the field out.
#
# sigs.k8s.io/structured-merge-diff/v6 6.3.3, with which the API server of Kubernetes 1.36.3 notes who owns which fields. An
# owner of `[]` is noted where the list is merged as a whole (`x-kubernetes-list-type: atomic`), and of an empty map, but not
# where the list has keys (`map`) or is a `set`. Who applies `topologySpreadConstraints: []` and later a resource without the field
# finds the empty list still stored; where it means something else than none, that is another result. So such a list of ours
# is atomic.
#
# Output seen (the paths that have an owner, of `{keyed: [], unique: [], whole: [], block: {}}`):
#   .block
#   .whole
#
# Needs Go 1.26 or later. Exits with another status than 0 when the answer has changed.
set -eu
command -v go > /dev/null || { echo "needs go" >&2; exit 1; }
folder=$(mktemp -d)
trap 'rm -r "$folder"' EXIT
cd "$folder"

cat > go.mod <<'END'
module example.com/finding

go 1.26

require sigs.k8s.io/structured-merge-diff/v6 v6.3.3
END
cat > main.go <<'END'
package main

import (
	"fmt"

	"sigs.k8s.io/structured-merge-diff/v6/typed"
)

const schema = `types:
- name: spec
  map:
    fields:
    - {name: keyed, type: {namedType: keyed}}
    - {name: unique, type: {namedType: unique}}
    - {name: whole, type: {namedType: whole}}
    - {name: block, type: {namedType: item}}
- name: keyed
  list: {elementType: {namedType: item}, elementRelationship: associative, keys: [name]}
- name: unique
  list: {elementType: {scalar: string}, elementRelationship: associative}
- name: whole
  list: {elementType: {namedType: item}, elementRelationship: atomic}
- name: item
  map: {fields: [{name: name, type: {scalar: string}}]}
`

func main() {
	parser, err := typed.NewParser(schema)
	if err != nil {
		panic(err)
	}
	object, err := parser.Type("spec").FromYAML("{keyed: [], unique: [], whole: [], block: {}}")
	if err != nil {
		panic(err)
	}
	owned, err := object.ToFieldSet()
	if err != nil {
		panic(err)
	}
	fmt.Println(owned)
}
END
GOFLAGS=-mod=mod go run . > owned 2> log || { cat log >&2; exit 1; }
cat owned
test "$(tr -d '\n' < owned)" = .block.whole
