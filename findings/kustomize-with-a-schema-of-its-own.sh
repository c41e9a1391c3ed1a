#!/bin/sh
# A kustomization that names an OpenAPI document for one custom resource makes patches of Deployments lose containers.
#
# kustomize v5.8.1 (Go module sigs.k8s.io/kustomize/kustomize/v5). The field `openapi` is for saying by which key lists of a
# custom resource are merged. The document takes the place of all that kustomize knows of Kubernetes' own kinds: a patch
# of one container of a Deployment, which is merged by its name otherwise, replaces the whole list, and the second container
# is gone. There is no error and no warning, and the Deployment need have nothing to do with the custom resource.
#
# Output seen:
#   without openapi: web:2 proxy:1
#   with openapi: web:2
#
# Needs Go 1.22 or later. Exits with another status than 0 when one of the answers has changed.
set -eu
folder=$(mktemp -d)
trap 'chmod -R u+w "$folder"; rm -r "$folder"' EXIT
cd "$folder"
GOBIN="$folder" GOPATH="$folder/go" GOFLAGS=-modcacherw go install sigs.k8s.io/kustomize/kustomize/v5@v5.8.1 2> log || { cat log >&2; exit 1; }

cat > deployment.yaml <<'END'
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  selector:
    matchLabels: {app: web}
  template:
    metadata:
      labels: {app: web}
    spec:
      containers:
      - name: web
        image: web:1
      - name: proxy
        image: proxy:1
END
cat > patch.yaml <<'END'
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  template:
    spec:
      containers:
      - name: web
        image: web:2
END
cat > schema.json <<'END'
{
  "definitions": {
    "v1.Queue": {
      "type": "object",
      "properties": {"spec": {"type": "object"}},
      "x-kubernetes-group-version-kind": [{"group": "example.com", "kind": "Queue", "version": "v1"}]
    }
  }
}
END
images() {
  ./kustomize build . 2>&1 | sed -n 's/^ *\(- \)\{0,1\}image: //p' | tr '\n' ' ' | sed 's/ $//'
}
printf 'resources: [deployment.yaml]\npatches:\n- path: patch.yaml\n' > kustomization.yaml
echo "without openapi: $(images)" > seen
printf 'openapi:\n  path: schema.json\n' >> kustomization.yaml
echo "with openapi: $(images)" >> seen
cat > expected <<'END'
without openapi: web:2 proxy:1
with openapi: web:2
END
diff expected seen
