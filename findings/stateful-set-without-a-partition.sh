#!/bin/sh
# A broken pod of a StatefulSet that is deleted comes back as broken as it was, if the update strategy has just a type.
#
# Kubernetes 1.36.3 (kube-apiserver, kube-controller-manager) with etcd 3.6.8. No kubelet runs, so no pod is ever ready,
# as if none could start without its peers. Three pods start at once from an image that does not work. The template is
# corrected, the controller replaces the last pod and waits for it. Then the first pod is deleted, to help.
# - {type: RollingUpdate}: the server adds no `partition`, though the reference says "The default value is 0". While a
#   rollout is under way, the controller makes a pod of the old revision if its ordinal is below the number of old pods
#   that are there and do not terminate (`status.currentReplicas`): the pod is broken again.
# - with `partition: 0`, written or as the server stores it where there is no strategy at all: the pod is corrected.
#
# Output seen (what the server stores; the image of the first pod, then that after its deletion):
#   no strategy: {"type":"RollingUpdate","rollingUpdate":{"partition":0}} stored; broken, then corrected
#   with partition: {"type":"RollingUpdate","rollingUpdate":{"partition":0}} stored; broken, then corrected
#   type alone: {"type":"RollingUpdate"} stored; broken, then broken
#
# Needs Go 1.26 or later, openssl and curl. Exits with another status than 0 when one of the answers has changed. Go
# keeps what it downloads and builds in its own caches: it takes half an hour at first, less than a minute from then on.
set -eu
for program in go openssl curl; do
  command -v "$program" > /dev/null || { echo "needs $program" >&2; exit 1; }
done
folder=$(mktemp -d)
processes=
# shellcheck disable=SC2086 # one word for each process
trap 'test -z "$processes" || { kill -9 $processes; wait; }; rm -r "$folder"' EXIT
cd "$folder"

# Kubernetes replaces its own modules by folders that are not published with it; here, by the modules themselves.
export GOFLAGS=-mod=mod
cat > go.mod <<'END'
module finding

go 1.26.0

require (
	go.etcd.io/etcd/server/v3 v3.6.8
	k8s.io/kubernetes v1.36.3
)
END
(cd / && go mod download -json k8s.io/kubernetes@v1.36.3) > module.json || { cat module.json >&2; exit 1; }
published=$(sed -n 's/.*"GoMod": "\(.*\)",/\1/p' module.json)
sed -n 's|^\t\(.*\) => ./staging/.*|replace \1 => \1 v0.36.3|p' "$published" >> go.mod
version=k8s.io/component-base/version.git
go build -o . -ldflags "-s -w -X ${version}Version=v1.36.3 -X ${version}Major=1 -X ${version}Minor=36" \
  k8s.io/kubernetes/cmd/kube-apiserver k8s.io/kubernetes/cmd/kube-controller-manager 2> log || { cat log >&2; exit 1; }
go build -o etcd go.etcd.io/etcd/server/v3 2> log || { cat log >&2; exit 1; }

# until_seen TEXT COMMAND...: waits until the command prints the text.
until_seen() {
  text=$1 tries=0
  shift
  until "$@" 2>&1 | grep -q -F "$text"; do
    tries=$((tries + 1))
    test "$tries" -lt 300 || { echo "no $text from: $*" >&2; tail -n 5 ./*.log >&2; exit 1; }
    sleep 0.2
  done
}
start() {
  program=$1
  shift
  "./$program" "$@" > "$program.log" 2>&1 &
  processes="$processes $!"
}
port=$((10000 + $$ % 5000 * 3))
etcd=http://127.0.0.1:$((port + 1)) peers=http://127.0.0.1:$((port + 2)) server=https://127.0.0.1:$port
openssl genrsa -out accounts.key 2048 2> log
token=$(openssl rand -hex 16)
echo "$token,admin,admin,system:masters" > tokens.csv
start etcd --data-dir=data --listen-client-urls="$etcd" --advertise-client-urls="$etcd" \
  --listen-peer-urls="$peers" --initial-advertise-peer-urls="$peers" --initial-cluster="default=$peers"
start kube-apiserver --etcd-servers="$etcd" --bind-address=127.0.0.1 --advertise-address=127.0.0.1 \
  --secure-port="$port" --cert-dir=. --token-auth-file=tokens.csv --endpoint-reconciler-type=none \
  --service-account-issuer=https://kubernetes.default.svc --service-account-key-file=accounts.key \
  --service-account-signing-key-file=accounts.key --service-cluster-ip-range=10.96.0.0/16

# call METHOD PATH [BODY]: prints the answer, in one line.
call() {
  case $1 in PATCH) type=merge-patch+json ;; *) type=json ;; esac
  curl --silent --show-error --fail-with-body --cacert apiserver.crt --header "Authorization: Bearer $token" \
    --header "Content-Type: application/$type" --request "$1" "$server$2?pretty=0" ${3:+--data "$3"}
}
until_seen '"kind":"Namespace"' call GET /api/v1/namespaces/default
cat > kubeconfig <<END
{"apiVersion": "v1", "kind": "Config", "current-context": "a",
 "clusters": [{"name": "a", "cluster": {"server": "$server", "certificate-authority": "apiserver.crt"}}],
 "users": [{"name": "a", "user": {"token": "$token"}}],
 "contexts": [{"name": "a", "context": {"cluster": "a", "user": "a"}}]}
END
start kube-controller-manager --kubeconfig=kubeconfig --leader-elect=false --secure-port=0 \
  --controllers=statefulset-controller,serviceaccount-controller

sets=/apis/apps/v1/namespaces/default/statefulsets pods=/api/v1/namespaces/default/pods
image() {
  call GET "$pods/$1-0" | sed 's/.*"image":"\([^"]*\)".*/\1/'
}
# another NAME UID: prints the first pod, unless it has that UID.
another() {
  call GET "$pods/$1-0" | grep -v -F "$2"
}
# help NAME STRATEGY TITLE: makes a set whose image is broken, corrects it, and deletes its first pod.
help() {
  labels='{"app":"'$1'"}'
  template='{"metadata":{"labels":'$labels'},"spec":{"containers":[{"name":"main","image":"broken"}]}}'
  spec='{"replicas":3,"podManagementPolicy":"Parallel","serviceName":"'$1'","selector":{"matchLabels":'$labels'},'
  spec=$spec'"template":'$template',"updateStrategy":'$2'}'
  call POST "$sets" '{"metadata":{"name":"'"$1"'"},"spec":'"$spec"'}' > answer
  until_seen '"currentReplicas":3' call GET "$sets/$1"
  call PATCH "$sets/$1" '{"spec":{"template":{"spec":{"containers":[{"name":"main","image":"corrected"}]}}}}' > answer
  until_seen '"currentReplicas":2,"updatedReplicas":1' call GET "$sets/$1"
  before=$(image "$1")
  old=$(call DELETE "$pods/$1-0" | grep -o '"uid":"[^"]*"' | head -n 1)
  until_seen '"kind":"Pod"' another "$1" "$old"
  after=$(image "$1")
  strategy='{"type":"RollingUpdate"\(,"rollingUpdate":{[^}]*}\)*}'
  echo "$3: $(call GET "$sets/$1" | sed "s/.*\"updateStrategy\":\($strategy\).*/\1/") stored; $before, then $after"
}
{
  help none '{}' "no strategy"
  help partition '{"type":"RollingUpdate","rollingUpdate":{"partition":0}}' "with partition"
  help type '{"type":"RollingUpdate"}' "type alone"
} > seen
cat > expected <<'END'
no strategy: {"type":"RollingUpdate","rollingUpdate":{"partition":0}} stored; broken, then corrected
with partition: {"type":"RollingUpdate","rollingUpdate":{"partition":0}} stored; broken, then corrected
type alone: {"type":"RollingUpdate"} stored; broken, then broken
END
cat seen
diff expected seen
