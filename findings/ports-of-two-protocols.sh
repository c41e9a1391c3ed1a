#!/bin/sh
# `kubectl apply` takes two ports of one number for one port, and loses one of their protocols without a word.
#
# k8s.io/api and k8s.io/apimachinery 0.33.4, whose functions kubectl calls: the three-way patch of client-side apply, and
# the server's way to apply it. A Service may have 53/TCP beside 53/UDP, and an API server stores both, as does
# server-side apply. But the patch tells the entries of spec.ports apart by `port` alone (those of a container by
# `containerPort`).
# - 53/TCP is there, 53/UDP is added: the patch holds both, and what comes out has 53/TCP alone.
# - both are there, 53/TCP is removed: the patch removes both, and a Service without ports comes out.
#
# Output seen:
#   added:   [53/TCP]
#   removed: []
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

require (
	k8s.io/api v0.33.4
	k8s.io/apimachinery v0.33.4
)
END

cat > main.go <<'END'
package main

import (
	"encoding/json"
	"fmt"

	core "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/util/strategicpatch"
)

func must[T any](value T, err error) T {
	if err != nil {
		panic(err)
	}
	return value
}

// applied returns the ports after `after` was applied where `before` is stored and was applied last.
func applied(before, after string) []string {
	schema := must(strategicpatch.NewPatchMetaFromStruct(core.Service{}))
	patch := must(strategicpatch.CreateThreeWayMergePatch([]byte(before), []byte(after), []byte(before), schema, true))
	stored := must(strategicpatch.StrategicMergePatchUsingLookupPatchMeta([]byte(before), patch, schema))
	var service core.Service
	if err := json.Unmarshal(stored, &service); err != nil {
		panic(err)
	}
	var ports []string
	for _, port := range service.Spec.Ports {
		ports = append(ports, fmt.Sprintf("%d/%s", port.Port, port.Protocol))
	}
	return ports
}

func main() {
	const tcp, udp = `{"name":"tcp","port":53,"protocol":"TCP"}`, `{"name":"udp","port":53,"protocol":"UDP"}`
	service := func(ports string) string { return `{"spec":{"ports":[` + ports + `]}}` }
	fmt.Println("added:  ", applied(service(tcp), service(tcp+","+udp)))
	fmt.Println("removed:", applied(service(tcp+","+udp), service(udp)))
}
END

export GOFLAGS=-mod=mod GOPATH="$folder/go"
go mod tidy 2> log || { cat log >&2; exit 1; }
go run . > seen
cat > expected <<'END'
added:   [53/TCP]
removed: []
END
cat seen
diff expected seen
