// SPDX-License-Identifier: GPL-2.0
/*
 * What becomes of dm-multipath's blacklist: patterns of scsi_mpath's parameter
 * "exclude", which are matched against a unit's identifier and VENDOR:MODEL.
 */
#include <ctype.h>
#include <regex.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mpathctl.h"

/* An NAA identifier of 16 bytes, in hexadecimal, with dm-multipath's 3 before it. */
#define WWID_LEN	33

#define BY_PRODUCT	"name vendors and models in scsi_mpath.exclude"

/* One element of an expression: what it is as a glob, or NULL. It is *LEN long. */
static const char *glob_of_element(const char *at, size_t *len, char *buf)
{
	*len = 1;
	buf[0] = *at;
	buf[1] = 0;
	if (!strncmp(at, ".*", 2)) {
		*len = 2;
		return "*";
	}
	if (*at == '.')
		return "?";
	if (*at == '\\' && at[1] && !isalnum((unsigned char)at[1]) && !strchr("*?[]\\,", at[1])) {
		*len = 2;
		buf[0] = at[1];
		return buf;
	}
	if (isalnum((unsigned char)*at) || strchr(" -_:/=", *at))
		return strchr("*+?{", at[1]) && at[1] ? NULL : buf;
	return NULL;
}

/*
 * An extended regular expression as a glob. Returns NULL if it is more than text,
 * dots, ".*" and anchors.
 */
char *glob_of_regex(const char *regex)
{
	char *glob = allocate(2 * strlen(regex) + 3), *to = glob, buf[2];
	bool anchored = *regex == '^';
	const char *element;
	size_t len;

	if (anchored)
		regex++;
	else
		*to++ = '*';
	for (; *regex && strcmp(regex, "$"); regex += len) {
		element = glob_of_element(regex, &len, buf);
		if (!element) {
			free(glob);
			return NULL;
		}
		if (*element != '*' || to == glob || to[-1] != '*')
			*to++ = *element;
	}
	if (!*regex && (to == glob || to[-1] != '*'))
		*to++ = '*';
	return glob;
}

static bool is_hex(const char *text)
{
	return *text && !text[strspn(text, "0123456789abcdef")];
}

/**
 * id_of_wwid() - what dm-multipath calls a unit, as we call it
 * @wwid: 3 and a NAA, or 2 and an EUI-64, in hexadecimal; an NVMe identifier
 *
 * Return: an identifier as in vpd_id or wwid, or NULL for other kinds.
 */
char *id_of_wwid(const char *wwid)
{
	if (!strncmp(wwid, "eui.", 4) || !strncmp(wwid, "uuid.", 5) || !strncmp(wwid, "nvme.", 5))
		return format("%s", wwid);
	if (!is_hex(wwid) || (strlen(wwid) != WWID_LEN && strlen(wwid) != 17))
		return NULL;
	if (*wwid == '3')
		return format("naa.%s", wwid + 1);
	return *wwid == '2' ? format("eui.%s", wwid + 1) : NULL;
}

static struct verdict exclude_wwid(const char *value)
{
	const char *start = *value == '^' ? value + 1 : value;
	char *id = id_of_wwid(start);

	if (!strcmp(value, "*") || !strcmp(value, ".*"))
		return verdict(NEEDLESS, "disks without ALUA are left alone anyway");
	if (!id && *start == '3' && is_hex(start) && strlen(start) < WWID_LEN)
		id = format("naa.%s*", start + 1);
	if (!id)
		return verdict(UNSUPPORTED, "name it in scsi_mpath.exclude, as mpathctl shows it");
	return becoming(PARAMETER, format("exclude"), id);
}

static struct verdict exclude_product(const struct conf *device)
{
	const char *vendor = conf_value(device, "vendor"), *product = conf_value(device, "product");
	char *vendor_glob = glob_of_regex(vendor ? vendor : "");
	char *product_glob = glob_of_regex(product ? product : "");
	struct verdict whole;

	if (vendor_glob && product_glob)
		whole = becoming(PARAMETER, format("exclude"),
				 format("%s:%s", vendor_glob, product_glob));
	else
		whole = verdict(UNSUPPORTED, "write it with * and ? in scsi_mpath.exclude");
	free(vendor_glob);
	free(product_glob);
	return whole;
}

/* Does the expression match one of the words? One that is wrong matches. */
static bool matches(const char *value, const char * const *words)
{
	bool inverted = *value == '!', any = false;
	regex_t regex;

	if (regcomp(&regex, value + inverted, REG_EXTENDED | REG_NOSUB))
		return true;
	for (; *words; words++)
		if (!regexec(&regex, *words, 0, NULL, 0) != inverted)
			any = true;
	regfree(&regex);
	return any;
}

/**
 * judge_exclusion() - what becomes of a line of a blacklist, or of its exceptions
 * @line: the line, or the section of a device
 * @section: where it stands
 *
 * Return: the verdict; its name and value are the caller's to free.
 */
struct verdict judge_exclusion(const struct conf *line, const struct conf *section)
{
	static const char * const disks[] = { "sda", "sdz", "sdaa", NULL };
	static const char * const protocols[] = { "scsi:fcp", "scsi:iscsi", "scsi:sas", "scsi:srp",
						  NULL };

	if (!strcmp(section->word, "blacklist_exceptions"))
		return verdict(NEEDLESS, "what is not excluded needs no exception");
	if (!strcmp(line->word, "device") && !line->value)
		return exclude_product(line);
	if (!line->value)
		return verdict(UNKNOWN, "dm-multipath has no such section");
	if (!strcmp(line->word, "wwid"))
		return exclude_wwid(line->value);
	if (!strcmp(line->word, "devnode"))
		return matches(line->value, disks) ?
			verdict(UNSUPPORTED, BY_PRODUCT) :
			verdict(NEEDLESS, "only SCSI disks become paths");
	if (!strcmp(line->word, "protocol"))
		return matches(line->value, protocols) ?
			verdict(UNSUPPORTED, BY_PRODUCT) :
			verdict(NEEDLESS, "USB and ATA disks are left alone");
	if (!strcmp(line->word, "property"))
		return verdict(UNSUPPORTED, "the kernel knows no udev properties");
	return verdict(UNKNOWN, "dm-multipath has no such keyword");
}
