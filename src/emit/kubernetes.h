/* Shapes of Kubernetes objects that recur, so that the emitters read like the manifest. All trees
 * are in the emission's arena; strings given to these functions live as long. */
#ifndef DSC_EMIT_KUBERNETES_H
#define DSC_EMIT_KUBERNETES_H

#include "component.h"

#include "dsc/doc.h"

/* Objects: kubernetes.c */

/* apiVersion, kind and metadata, with the labels of `component`; COMPONENT_COUNT: of the platform.
 */
struct doc *kube_object(struct emission *emission, const char *api_version, const char *kind,
                        const char *name, enum component component);

/* The labels of a component's objects; COMPONENT_COUNT: of the platform's. */
struct doc *kube_labels(struct emission *emission, enum component component);

/* {matchLabels: …}: finds the pods of a component. */
struct doc *kube_match(struct emission *emission, enum component component);

/* A service account of the component's name; a token is mounted only where a pod asks for one. */
struct doc *kube_service_account(struct emission *emission, enum component component);

/* A Service for the ports of a component; headless: its pods by their own names, ready or not. */
struct doc *kube_service(struct emission *emission, enum component component, const char *name,
                         bool headless);

/* A ConfigMap; its data is a map that the caller fills. */
struct doc *kube_config_map(struct emission *emission, enum component component, const char *name,
                            struct doc *data);

/* A ConfigMap's data of shipped files, templates/FOLDER/NAME (the last name is NULL). NULL: a file
 * could not be read, emission->failed. */
struct doc *kube_shipped(struct emission *emission, const char *folder, const char *const *names);

/* A Deployment or StatefulSet around a pod. */
struct doc *kube_workload(struct emission *emission, enum component component, const char *kind,
                          struct doc *pod);

/* What a StatefulSet says besides: its headless Service, and a claim `data` for each of its pods,
 * which outlives them. */
void kube_stateful(struct emission *emission, struct doc *set, const char *service,
                   const char *storage);

/* Lets an object pass one of kube-score's checks, and says why in an annotation beside that. */
void kube_excuse(struct emission *emission, struct doc *object, const char *check, const char *why);

/* A Deployment whose new pods are ready before old ones go. */
void kube_rolling(struct emission *emission, struct doc *deployment);

/* Pods of `workload` are to be replaced when these texts (a ConfigMap's data), which they read only
 * when they start, change. */
void kube_restart_on_change(struct emission *emission, struct doc *workload,
                            const struct doc *data);

/* A Job that is run once, and forgotten an hour after it ended. */
struct doc *kube_job(struct emission *emission, enum component component, const char *name,
                     struct doc *pod);

/* What a Job says of its pod, and how often and how long it is tried. */
struct doc *kube_job_spec(struct emission *emission, enum component component, struct doc *pod);

/* What a claim asks for: one node at a time, and that much. */
struct doc *kube_claim_spec(struct emission *emission, const char *storage);

/* A PodDisruptionBudget, added to `objects` where there are several replicas. */
void kube_disruption_budget(struct emission *emission, enum component component,
                            struct doc *objects);

/* Sets a list of strings; the last one is NULL. */
void kube_strings(struct emission *emission, struct doc *map, const char *key, ...)
    __attribute__((sentinel));

/* A NetworkPolicy on the pods that `selector` ({matchLabels: …}, {} for all) finds; rules follow.
 */
struct doc *kube_network_policy(struct emission *emission, const char *name,
                                enum component component, struct doc *selector);

enum kube_direction { KUBE_INGRESS, KUBE_EGRESS };

/* A rule for the peers and ports that are added to it: at least one of each, for a rule without
 * peers holds for all the world. */
struct doc *kube_network_rule(struct emission *emission, struct doc *policy,
                              enum kube_direction direction);
void kube_network_pods(struct emission *emission, struct doc *rule, enum component component);
void kube_network_range(struct emission *emission, struct doc *rule, const char *cidr);
void kube_network_port(struct emission *emission, struct doc *rule, const char *protocol,
                       int64_t number);

/* Pods: kubernetes_pod.c */

/* A pod's spec with no container yet, and a scratch volume for each container's /tmp. */
struct doc *kube_pod(struct emission *emission, enum component component);

/* {requests, limits} */
struct doc *kube_resources(struct emission *emission, const struct sizing *sizing);

/* The pod's own container: image, ports, and all of the component's resources. */
struct doc *kube_container(struct emission *emission, struct doc *pod, enum component component,
                           const char *name);

/* One beside it (`list`: containers) or before it (initContainers), of the same image. */
struct doc *kube_helper(struct emission *emission, struct doc *pod, enum component component,
                        const char *list, const char *name);

void kube_env(struct emission *emission, struct doc *container, const char *name,
              const char *value);

/* The value is taken from the pod itself ("status.podIP"). */
void kube_env_field(struct emission *emission, struct doc *container, const char *name,
                    const char *field);

struct kube_probe {
    const char *tcp;         /* a port's name; or */
    const char *http, *path; /* a port's name, and a path; or */
    const char *const *exec; /* a command that ends with NULL */

    int period, timeout, failures; /* seconds, seconds, times; 0: as Kubernetes has it */
};

/* `which`: startupProbe, readinessProbe or livenessProbe. */
void kube_probe(struct emission *emission, struct doc *container, const char *which,
                struct kube_probe probe);

void kube_mount(struct emission *emission, struct doc *container, const char *volume,
                const char *path, bool read_only);

/* An empty folder that goes with the pod; returns {sizeLimit}, for what else is to be said. */
struct doc *kube_empty_volume(struct emission *emission, struct doc *pod, const char *name,
                              const char *size);

void kube_claim_volume(struct emission *emission, struct doc *pod, const char *name,
                       const char *claim);

/* All keys of a Secret, those too that it gets later. */
void kube_secret_volume(struct emission *emission, struct doc *pod, const char *name,
                        const char *secret);

/* A volume of files from many places; returns the list of them, for the next three. */
struct doc *kube_projected_volume(struct emission *emission, struct doc *pod, const char *name);

/* Keys of a secret (the last one is NULL) as FOLDER/KEY; folder "": as KEY. */
void kube_project_secret(struct emission *emission, struct doc *sources, const char *secret,
                         const char *folder, const char *const *keys);

/* All keys of a ConfigMap; optional: if it is there. */
void kube_project_config_map(struct emission *emission, struct doc *sources, const char *config_map,
                             bool optional);

/* The token of the pod's service account and what goes with it, where clients look for it. */
void kube_api_access(struct emission *emission, struct doc *pod, struct doc *container);

#endif
