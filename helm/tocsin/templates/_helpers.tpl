{{- define "tocsin.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" }}
{{- end }}

{{- define "tocsin.fullname" -}}
{{- if .Values.fullnameOverride }}
{{- .Values.fullnameOverride | trunc 63 | trimSuffix "-" }}
{{- else if contains (include "tocsin.name" .) .Release.Name }}
{{- .Release.Name | trunc 63 | trimSuffix "-" }}
{{- else }}
{{- printf "%s-%s" .Release.Name (include "tocsin.name" .) | trunc 63 | trimSuffix "-" }}
{{- end }}
{{- end }}

{{- /* The full name with a suffix, which is never the part that is cut. */}}
{{- define "tocsin.suffixed" -}}
{{- $name := include "tocsin.fullname" .root | trunc (int (sub 62 (len .suffix))) | trimSuffix "-" }}
{{- printf "%s-%s" $name .suffix }}
{{- end }}

{{- define "tocsin.selector" -}}
app.kubernetes.io/name: {{ include "tocsin.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/component: gateway
{{- end }}

{{- define "tocsin.labels" -}}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" | trunc 63 | trimSuffix "-" }}
app.kubernetes.io/name: {{ include "tocsin.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/part-of: tocsin
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- end }}

{{- define "tocsin.serviceAccount" -}}
{{- if .Values.serviceAccount.create }}
{{- default (include "tocsin.fullname" .) .Values.serviceAccount.name }}
{{- else }}
{{- default "default" .Values.serviceAccount.name }}
{{- end }}
{{- end }}

{{- define "tocsin.image" -}}
{{- with .Values.image }}
{{- $name := list .registry .repository | compact | join "/" }}
{{- if .digest }}
{{- printf "%s@%s" $name .digest }}
{{- else }}
{{- printf "%s:%s" $name (default $.Chart.AppVersion .tag) }}
{{- end }}
{{- end }}
{{- end }}

{{- /* The variable of the environment that sets a key: smtp.host is TOCSIN_SMTP_HOST. */}}
{{- define "tocsin.variable" -}}
TOCSIN_{{ . | upper | replace "." "_" }}
{{- end }}

{{- define "tocsin.templatesConfigMap" -}}
{{- default (include "tocsin.suffixed" (dict "root" . "suffix" "templates")) .Values.messageTemplates.existingConfigMap }}
{{- end }}

{{- define "tocsin.hasTemplates" -}}
{{- if or .Values.messageTemplates.existingConfigMap .Values.messageTemplates.texts }}yes{{ end }}
{{- end }}

{{- define "tocsin.bouncePort" -}}
{{- index .Values.config "bounce.port" | default "" }}
{{- end }}

{{- /* Port of the collector of traces; empty: there is none. */}}
{{- define "tocsin.collectorPort" -}}
{{- with index .Values.config "trace.endpoint" }}
{{- $url := urlParse . }}
{{- regexFind ":[0-9]+$" $url.host | trimPrefix ":" | default (eq $url.scheme "https" | ternary "443" "80") }}
{{- end }}
{{- end }}

{{- /* More than one pod, now or under load. */}}
{{- define "tocsin.several" -}}
{{- if .Values.autoscaling.enabled }}
{{- if gt (int .Values.autoscaling.maxReplicas) 1 }}yes{{ end }}
{{- else if gt (int .Values.replicaCount) 1 }}yes{{ end }}
{{- end }}

{{- /* What the schema cannot say. */}}
{{- define "tocsin.check" -}}
{{- if not (index .Values.secrets "database.url") }}
{{- fail "secrets.database.url is required: pods keep nothing. Name a Secret with a PostgreSQL URL: --set-json 'secrets={\"database.url\":{\"existingSecret\":\"tocsin-db\",\"key\":\"url\"}}'" }}
{{- end }}
{{- if not (index .Values.config "public.url") }}
{{- fail "config.public.url is required: it is in every link that subscribers get, as in https://notify.example.com" }}
{{- end }}
{{- if and .Values.autoscaling.enabled (gt (int .Values.autoscaling.minReplicas) (int .Values.autoscaling.maxReplicas)) }}
{{- fail "autoscaling.minReplicas is more than autoscaling.maxReplicas" }}
{{- end }}
{{- if and .Values.bounceService.enabled (not (include "tocsin.bouncePort" .)) }}
{{- fail "bounceService.enabled needs config.bounce.port, the port that pods listen at, above 1023" }}
{{- end }}
{{- if and (include "tocsin.bouncePort" .) (lt (int (include "tocsin.bouncePort" .)) 1024) }}
{{- fail "config.bounce.port must be above 1023: pods run without rights; bounceService.port is what the world sees" }}
{{- end }}
{{- if has (include "tocsin.bouncePort" .) (list "8080" "9090") }}
{{- fail "config.bounce.port must be neither 8080 nor 9090, where pods listen for requests and probes" }}
{{- end }}
{{- range list "http.tls" "bounce.tls" }}
{{- $certificate := index $.Values.config (printf "%s.certificate" .) }}
{{- $key := index $.Values.config (printf "%s.key" .) }}
{{- if ne (empty $certificate) (empty $key) }}
{{- fail (printf "config.%s.certificate and config.%s.key are needed together" . .) }}
{{- end }}
{{- end }}
{{- if and (ne .Values.service.type "ClusterIP") .Values.networkPolicy.enabled (not .Values.networkPolicy.ingressCidrs) }}
{{- fail "service.type is not ClusterIP: networkPolicy.ingressCidrs is needed, whose clients may come in, as in [0.0.0.0/0]" }}
{{- end }}
{{- if and .Values.httpRoute.enabled (not .Values.httpRoute.parentRefs) }}
{{- fail "httpRoute.enabled needs httpRoute.parentRefs, the Gateway that it belongs to" }}
{{- end }}
{{- if and .Values.ingress.enabled (not .Values.ingress.host) }}
{{- fail "ingress.enabled needs ingress.host" }}
{{- end }}
{{- if and (or .Values.ingress.enabled .Values.httpRoute.enabled) (not (index .Values.config "http.proxies")) }}
{{- fail "config.http.proxies is required with an ingress or an httpRoute: the address block of whoever reaches the pods, as in 10.0.0.0/8. Else everybody is one visitor, with the limits of one, and consents note the proxy's address" }}
{{- end }}
{{- if and .Values.messageTemplates.existingConfigMap .Values.messageTemplates.texts }}
{{- fail "messageTemplates: give existingConfigMap or texts, not both" }}
{{- end }}
{{- include "tocsin.need" (dict "root" . "value" "metrics.serviceMonitor.enabled" "wanted" .Values.metrics.serviceMonitor.enabled "kind" "monitoring.coreos.com/v1/ServiceMonitor" "from" "the Prometheus operator") }}
{{- include "tocsin.need" (dict "root" . "value" "metrics.prometheusRule.enabled" "wanted" .Values.metrics.prometheusRule.enabled "kind" "monitoring.coreos.com/v1/PrometheusRule" "from" "the Prometheus operator") }}
{{- include "tocsin.need" (dict "root" . "value" "httpRoute.enabled" "wanted" .Values.httpRoute.enabled "kind" "gateway.networking.k8s.io/v1/HTTPRoute" "from" "the Gateway API") }}
{{- if and (eq .Values.migration "job") (include "tocsin.ownSecrets" .) }}
{{- fail "migration: job runs before the chart's own Secret is there: give secrets.database.url as an existingSecret" }}
{{- end }}
{{- end }}

{{- /* Fails on a cluster without the kind. Rendering without a cluster knows no kinds, and has no objection. */}}
{{- define "tocsin.need" -}}
{{- if and .wanted (.root.Capabilities.APIVersions.Has "apps/v1/Deployment") (not (.root.Capabilities.APIVersions.Has .kind)) }}
{{- fail (printf "%s: this cluster has no %s, which %s brings" .value .kind .from) }}
{{- end }}
{{- end }}

{{- /* The keys whose values the chart keeps. */}}
{{- define "tocsin.ownSecrets" -}}
{{- range $key, $secret := .Values.secrets }}{{ if $secret.value }}{{ $key }} {{ end }}{{ end }}
{{- end }}

{{- define "tocsin.podSecurity" -}}
runAsNonRoot: true
{{- with .Values.user }}
runAsUser: {{ int64 . }}
runAsGroup: {{ int64 . }}
fsGroup: {{ int64 . }}
{{- end }}
seccompProfile:
  type: RuntimeDefault
{{- end }}

{{- define "tocsin.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities:
  drop: [ALL]
{{- end }}

{{- define "tocsin.environment" -}}
{{- range $key, $_ := .Values.secrets }}
- name: {{ include "tocsin.variable" $key }}_FILE
  value: /etc/tocsin/secrets/{{ $key }}
{{- end }}
{{ include "tocsin.ownEnvironment" . }}
{{- end }}

{{- define "tocsin.ownEnvironment" -}}
- name: JAVA_TOOL_OPTIONS
  value: {{ printf "-Djava.io.tmpdir=/tmp %s" .Values.javaOptions | trim | quote }}
{{- range $name, $value := .Values.env }}
- name: {{ $name }}
  value: {{ $value | quote }}
{{- end }}
{{- end }}

{{- define "tocsin.mounts" -}}
- name: config
  mountPath: /etc/tocsin/config
  readOnly: true
- name: secrets
  mountPath: /etc/tocsin/secrets
  readOnly: true
- name: tmp
  mountPath: /tmp
{{- if include "tocsin.hasTemplates" . }}
- name: templates
  mountPath: /etc/tocsin/templates
  readOnly: true
{{- end }}
{{- include "tocsin.fileMounts" . }}
{{- end }}

{{- define "tocsin.fileMounts" -}}
{{- range $name, $_ := .Values.files }}
- name: file-{{ $name }}
  mountPath: /etc/tocsin/files/{{ $name }}
  readOnly: true
{{- end }}
{{- end }}

{{- define "tocsin.volumes" -}}
- name: config
  configMap:
    name: {{ include "tocsin.fullname" . }}
- name: secrets
  projected:
    defaultMode: 0440
    sources:
    {{- range $key, $secret := .Values.secrets }}
      - secret:
          name: {{ default (include "tocsin.fullname" $) $secret.existingSecret }}
          items:
            - key: {{ default $key $secret.key }}
              path: {{ $key }}
    {{- end }}
- name: tmp
  emptyDir:
    sizeLimit: 256Mi
{{- if include "tocsin.hasTemplates" . }}
- name: templates
  configMap:
    name: {{ include "tocsin.templatesConfigMap" . }}
{{- end }}
{{- include "tocsin.fileVolumes" . }}
{{- end }}

{{- /* Where a pod may run. */}}
{{- define "tocsin.placement" -}}
{{- with .Values.priorityClassName }}
priorityClassName: {{ . }}
{{- end }}
{{- with .Values.nodeSelector }}
nodeSelector: {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.tolerations }}
tolerations: {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.affinity }}
affinity: {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}

{{- define "tocsin.fileVolumes" -}}
{{- range $name, $file := .Values.files }}
- name: file-{{ $name }}
  {{- if $file.secret }}
  secret:
    secretName: {{ $file.secret }}
    defaultMode: 0440
  {{- else }}
  configMap:
    name: {{ $file.configMap }}
  {{- end }}
{{- end }}
{{- end }}

{{- /*
Whole numbers come as floating ones, which would be written as 1e+06; what somebody writes as off comes as false. A file
of properties has backslashes of its own.
*/}}
{{- define "tocsin.written" -}}
{{- if and (kindIs "float64" .) (eq (floor .) .) }}{{ . | int64 }}
{{- else if kindIs "bool" . }}{{ ternary "on" "off" . }}
{{- else }}{{ . | toString | replace "\\" "\\\\" }}{{ end }}
{{- end }}

{{- /* The settings file. A value never holds a line break, which would be a setting of its own. */}}
{{- define "tocsin.properties" -}}
{{- range $key, $value := .Values.config }}
{{ $key }}={{ include "tocsin.written" $value }}
{{- end }}
http.port=8080
management.port=9090
drain.timeout=PT{{ .Values.drain.timeoutSeconds }}S
data.dir=/tmp/data
{{- if include "tocsin.hasTemplates" . }}
templates.dir=/etc/tocsin/templates
{{- end }}
{{- end }}

{{- /* Of labels, or of everything. */}}
{{- define "tocsin.labelSelector" -}}
{{- if . -}}
matchLabels: {{- toYaml . | nindent 2 }}
{{- else -}}
{}
{{- end }}
{{- end }}

{{- define "tocsin.ports" -}}
{{- range . }}
- {port: {{ . }}, protocol: TCP}
{{- end }}
{{- end }}
