{{- define "chatapp.name" -}}
{{- if contains "chatapp" .Release.Name -}}{{ .Release.Name | trunc 40 | trimSuffix "-" }}{{- else -}}{{ printf "%s-chatapp" .Release.Name | trunc 40 | trimSuffix "-" }}{{- end -}}
{{- end }}

{{- define "chatapp.secret" -}}
{{ .Values.secrets.existingSecret | default (include "chatapp.name" .) }}
{{- end }}

{{/* Of all that decides what is in the Secret: a trial brings addresses of its own. */}}
{{- define "chatapp.secretChecksum" -}}
{{- $trial := .Values.trial -}}
{{ toJson (list .Values.secrets $trial.postgresql.enabled $trial.redis.enabled $trial.elasticsearch.enabled) | sha256sum }}
{{- end }}

{{- define "chatapp.selector" -}}
app.kubernetes.io/name: chatapp
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .component }}
{{- end }}

{{- define "chatapp.labels" -}}
{{ include "chatapp.selector" . }}
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
app.kubernetes.io/part-of: chatapp
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name .root.Chart.Version }}
{{- end }}

{{- define "chatapp.image" -}}
{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}
{{- end }}

{{- define "chatapp.podSecurity" -}}
runAsNonRoot: true
runAsUser: {{ .uid }}
runAsGroup: {{ .uid }}
fsGroup: {{ .uid }}
fsGroupChangePolicy: OnRootMismatch
seccompProfile: { type: RuntimeDefault }
{{- end }}

{{- define "chatapp.podMetadata" -}}
labels: {{- include "chatapp.labels" . | nindent 2 }}
{{- with merge (dict) (.annotations | default (dict)) .root.Values.podAnnotations }}
annotations: {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}

{{/* What every pod has in common: its rights, where its images come from, and on which nodes it may run. */}}
{{- define "chatapp.podSpec" -}}
{{- $values := .root.Values -}}
automountServiceAccountToken: false
enableServiceLinks: false
securityContext: {{- include "chatapp.podSecurity" (dict "uid" .uid) | nindent 2 }}
{{- with $values.image.pullSecrets }}
imagePullSecrets: {{- toYaml . | nindent 2 }}
{{- end }}
topologySpreadConstraints:
  {{- range list "kubernetes.io/hostname" "topology.kubernetes.io/zone" }}
  - maxSkew: 1
    topologyKey: {{ . }}
    whenUnsatisfiable: ScheduleAnyway
    labelSelector:
      matchLabels: {{- include "chatapp.selector" $ | nindent 8 }}
  {{- end }}
{{- with $values.nodeSelector }}
nodeSelector: {{- toYaml . | nindent 2 }}
{{- end }}
{{- with $values.tolerations }}
tolerations: {{- toYaml . | nindent 2 }}
{{- end }}
{{- with $values.affinity }}
affinity: {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}

{{- define "chatapp.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: {{ .readOnly }}
capabilities: { drop: [ALL] }
{{- end }}

{{/* When tables are migrated. A database for a trial is not there before the first installation. */}}
{{- define "chatapp.migrateHook" -}}
{{- $isOfTrial := and .Values.trial.postgresql.enabled (not .Values.secrets.databaseUrl) -}}
helm.sh/hook: {{ ternary "pre-upgrade" "pre-install,pre-upgrade" $isOfTrial }}
helm.sh/hook-delete-policy: before-hook-creation,hook-succeeded
{{- end }}

{{/* Of what the job that migrates needs. */}}
{{- define "chatapp.beforeMigrate" -}}
{{ include "chatapp.migrateHook" . }}
helm.sh/hook-weight: '-5'
{{- end }}

{{- define "chatapp.fromSecret" -}}
- name: {{ .name }}
  valueFrom:
    secretKeyRef: { name: {{ .secret | default (include "chatapp.secret" .root) }}, key: {{ .name }}, optional: {{ .optional }} }
{{- end }}

{{/* Where the tables are: for all services, and for each that has a database of its own. */}}
{{- define "chatapp.databases" -}}
{{- $prefixes := list "" }}
{{- range .services }}{{ $prefixes = append $prefixes (printf "%s_" (upper .)) }}{{ end }}
{{- range $prefixes }}
{{ include "chatapp.fromSecret" (dict "root" $.root "secret" $.secret "name" (printf "%sDATABASE_URL" .) "optional" true) }}
{{ include "chatapp.fromSecret" (dict "root" $.root "secret" $.secret "name" (printf "%sDATABASE_DIRECT_URL" .) "optional" true) }}
{{- end }}
{{- end }}

{{/* Whom Node.js believes beside the public authorities: databases, Redis, mail servers and others. */}}
{{- define "chatapp.caEnv" -}}
- { name: NODE_EXTRA_CA_CERTS, value: /etc/chatapp/ca.crt }
{{- end }}

{{/* The variables of one service. */}}
{{- define "chatapp.env" -}}
{{- $config := .root.Values.config -}}
- { name: PORT, value: '8080' }
- { name: LOG_LEVEL, value: {{ $config.logLevel | quote }} }
- { name: LOBBY, value: {{ ternary "on" "off" $config.lobby | quote }} }
- { name: RATE_LIMITS, value: {{ ternary "on" "off" $config.rateLimits | quote }} }
{{- with $config.publicUrl }}
- { name: PUBLIC_URL, value: {{ . | quote }} }
{{- end }}
{{- with $config.allowedOrigins }}
- { name: ALLOWED_ORIGINS, value: {{ join "," . | quote }} }
{{- end }}
{{- if eq .component "gateway" }}
{{- with $config.trustedProxies }}
- { name: TRUSTED_PROXIES, value: {{ join "," . | quote }} }
{{- end }}
{{- end }}
{{- range $other := list "users" "messages" "notifications" }}
{{- if ne $other $.component }}
- { name: {{ upper $other }}_URL, value: 'http://{{ include "chatapp.name" $.root }}-{{ $other }}:8080' }
{{- end }}
{{- end }}
{{ include "chatapp.fromSecret" (dict "root" .root "name" "SERVICE_TOKEN" "optional" false) }}
{{ include "chatapp.fromSecret" (dict "root" .root "name" "REDIS_URL" "optional" false) }}
{{ include "chatapp.fromSecret" (dict "root" .root "name" "METRICS_TOKEN" "optional" true) }}
{{ include "chatapp.fromSecret" (dict "root" .root "name" "OTEL_EXPORTER_OTLP_HEADERS" "optional" true) }}
{{- if ne .component "gateway" }}
{{- include "chatapp.databases" (dict "root" .root "services" (list .component)) }}
{{- end }}
{{- if eq .component "messages" }}
{{- range $name := list "DATABASE_REPLICA_URL" "MESSAGES_DATABASE_REPLICA_URL" "ELASTICSEARCH_URL" "ELASTICSEARCH_API_KEY" }}
{{ include "chatapp.fromSecret" (dict "root" $.root "name" $name "optional" true) }}
{{- end }}
{{- end }}
{{- if eq .component "users" }}
{{ include "chatapp.fromSecret" (dict "root" .root "name" "SIGNING_KEY" "optional" true) }}
{{- end }}
{{- if eq .component "notifications" }}
{{ include "chatapp.fromSecret" (dict "root" .root "name" "VAPID_PRIVATE_KEY" "optional" true) }}
{{ include "chatapp.fromSecret" (dict "root" .root "name" "SMTP_URL" "optional" true) }}
{{- end }}
{{- if $config.caConfigMap }}
{{ include "chatapp.caEnv" . }}
{{- end }}
{{- range $name, $value := merge (dict) .values.env $config.extra }}
- { name: {{ $name }}, value: {{ $value | quote }} }
{{- end }}
{{- end }}
