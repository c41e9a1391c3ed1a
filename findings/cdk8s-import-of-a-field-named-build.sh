#!/bin/sh
# `cdk8s import` refuses a definition with a field named `build`, and with it every other definition of the file.
#
# cdk8s-cli 2.207.60 (npm) with json2jsii 0.5.19 and jsii 5.9.54, the same in Python, Java, Go and C#.
# - jsii keeps the name for itself. json2jsii knows, and writes `build_` instead, which jsii refuses too.
# - nothing is written for the other kinds of the file, either.
# - a second group in one run gets the compiled code of the first into its package, which it never uses.
# So a field of a published definition is not called `build`, and each group is imported by itself.
#
# Output seen:
#   with image: 0
#   with build: 1, JSII8002
#   files of the second group's package: first.js second.js
#
# Needs Node 22 or later with npm, and tar. Exits with another status than 0 when one of the answers has changed.
set -eu
folder=$(mktemp -d)
trap 'rm -r "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund cdk8s-cli@2.207.60 json2jsii@0.5.19 jsii@5.9.54 > log 2>&1 || { cat log >&2; exit 1; }

definition() { # group, field
  cat <<END
---
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: things.$1}
spec:
  group: $1
  names: {kind: Thing, plural: things}
  scope: Namespaced
  versions:
  - name: v1
    served: true
    storage: true
    schema:
      openAPIV3Schema:
        type: object
        properties: {spec: {type: object, properties: {$2: {type: string}}}}
END
}
imported() { # file, output
  status=0
  CDK8S_CHECK_UPGRADE=false node node_modules/cdk8s-cli/bin/cdk8s import "$1" --no-save --language python --output "$2" \
    > log 2>&1 || status=$?
  echo "$status$(grep -o 'error JSII[0-9]*' log | sed 's/error/,/' | sort -u)"
}
definition example.first image > image.yaml
definition example.first build > build.yaml
{ definition example.first image; definition example.second image; } > groups.yaml
{
  echo "with image: $(imported image.yaml one)"
  echo "with build: $(imported build.yaml two)"
  imported groups.yaml three > status
  packed=$(tar tzf three/second/example/_jsii/*.tgz | sed -n 's/^package\/\([a-z]*\)\.example\.js$/\1.js/p' | sort | tr '\n' ' ')
  echo "files of the second group's package: ${packed% }"
} > seen
cat > expected <<'END'
with image: 0
with build: 1, JSII8002
files of the second group's package: first.js second.js
END
cat seen
diff expected seen
