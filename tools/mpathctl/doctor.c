// SPDX-License-Identifier: GPL-2.0
/* mpathctl doctor: all checks of everything there is. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <json-c/json.h>

#include "mpathctl.h"

/* What was found, in JSON, or printed and NULL. */
struct findings {
	struct json_object	*list;
	size_t			n;
};

static const char *subject_name(const struct subject *subject)
{
	if (subject->node)
		return subject->node->name;
	return subject->disk;
}

/* What to do, with the name in the place of the %. */
static char *advice(const struct check *check, const struct subject *subject)
{
	const char *text = check->advice;
	size_t len = strcspn(text, "%");

	return text[len] ? format("%.*s%s%s", (int)len, text, subject_name(subject),
				  text + len + 1) : format("%s", text);
}

static void add_to_list(struct json_object *list, const struct check *check,
			const struct subject *subject, const char *text)
{
	const char *name = subject_name(subject);
	char *to_do = advice(check, subject);
	struct json_object *object = json_object_new_object();

	json_object_object_add(object, "check", json_object_new_string(check->name));
	json_object_object_add(object, "disk", name ? json_object_new_string(name) : NULL);
	json_object_object_add(object, "severity",
			       json_object_new_string(check->problem ? "problem" : "risk"));
	json_object_object_add(object, "text", json_object_new_string(text));
	json_object_object_add(object, "advice", json_object_new_string(to_do));
	json_object_array_add(list, object);
	free(to_do);
}

static void print_finding(const struct check *check, const struct subject *subject,
			  const char *text)
{
	const char *name = subject_name(subject);
	char *to_do = advice(check, subject);

	printf("%s: %s%s%s\n         %s\n", check->problem ? "problem" : "risk", name ? name : "",
	       name ? ": " : "", text, to_do);
	free(to_do);
}

static void examine(struct findings *findings, const struct subject *subject, enum scope of)
{
	char *text;
	size_t i;

	for (i = 0; i < nchecks; i++) {
		text = checks[i].of == of ? checks[i].find(subject) : NULL;
		if (!text)
			continue;
		findings->n++;
		if (findings->list)
			add_to_list(findings->list, &checks[i], subject, text);
		else
			print_finding(&checks[i], subject, text);
		free(text);
	}
}

static bool is_path(const struct san *san, const char *disk)
{
	size_t i, j;

	for (i = 0; i < san->nunits; i++)
		for (j = 0; j < san->units[i].npaths; j++)
			if (!strcmp(san->units[i].paths[j].name, disk))
				return true;
	return false;
}

/* SCSI disks that are no paths. */
static void examine_disks(struct findings *findings, const struct san *san)
{
	char **list = sysfs_list("block"), **name;
	struct subject subject = { .san = san };

	for (name = list; *name; name++) {
		if (strncmp(*name, "sd", 2) || is_path(san, *name))
			continue;
		subject.disk = *name;
		examine(findings, &subject, OF_DISK);
	}
	free_list(list);
}

static void examine_all(struct findings *findings, const struct san *san)
{
	struct subject subject = { .san = san };
	struct node **nodes;
	size_t n = san_nodes(san, &nodes), i;

	examine(findings, &subject, OF_MACHINE);
	examine_disks(findings, san);
	for (i = 0; i < n; i++) {
		subject.node = nodes[i];
		examine(findings, &subject, nodes[i]->unit ? OF_PATH : OF_UNIT);
	}
	free(nodes);
}

int verb_doctor(int argc, char **argv, struct options *options)
{
	struct findings findings = { };
	struct san san;

	if (argc) {
		complain("doctor: it examines everything; '%s' is too much", argv[0]);
		return EXIT_USAGE;
	}
	if (options->json)
		findings.list = json_object_new_array();
	find_units(&san);
	examine_all(&findings, &san);
	if (findings.list)
		print_document("findings", findings.list);
	else if (!findings.n)
		printf("nothing is wrong, of %zu units\n", san.nunits);
	forget_units(&san);
	return findings.n ? EXIT_FAILED : EXIT_OK;
}
