{{- define "fleet.selector" -}}
app.kubernetes.io/name: {{ .name }}
app.kubernetes.io/instance: {{ .name }}
{{- end }}
{{- define "fleet.podLabels" -}}
{{ include "fleet.selector" . }}
app.kubernetes.io/component: {{ .component }}
app.kubernetes.io/part-of: shop
app.kubernetes.io/managed-by: hanzo-constructs
team: {{ .team }}
{{- end }}
{{- define "fleet.labels" -}}
{{ include "fleet.podLabels" . }}
app.kubernetes.io/version: {{ .version }}
{{- end }}
