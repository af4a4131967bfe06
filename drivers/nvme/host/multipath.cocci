// SPDX-License-Identifier: GPL-2.0
//
// What changes in the rest of nvme-core when multipath.c stands on
// libmultipath. The rules hold for every kernel that is supported; some bring
// an older one to what the newest calls. Where a rule does not find its place
// any more, something is left that does not build: scripts/nvme.sh looks for
// the rest.

// core.c: a namespace is also a path.
@@
expression ns, gfp, node;
@@
-ns = kzalloc_node(sizeof(*ns), gfp, node);
+ns = kzalloc_node(sizeof(struct nvme_path), gfp, node);

// core.c: the paths are the library's, and so is waiting for whoever looks at
// them.
@@
expression ns;
@@
-synchronize_srcu(&ns->head->srcu);
-if (nvme_mpath_clear_current_path(ns))
-	synchronize_srcu(&ns->head->srcu);
+nvme_mpath_delete_path(ns);

@@
expression ns;
@@
-synchronize_srcu(&ns->head->srcu);

@@
expression ns;
@@
-nvme_mpath_remove_sysfs_link(ns);

// core.c: a head with a disk is forgotten when the disk goes, which a path
// that comes back may prevent. Until then it is found.
@@
expression ns;
@@
-!nvme_mpath_queue_if_no_path(ns->head)
+!ns->head->disk

@@
expression ns;
symbol last_path, true;
@@
-list_del_init(&ns->head->entry);
+if (!ns->head->disk)
+	list_del_init(&ns->head->entry);
 last_path = true;

@@
expression ns;
symbol last_path, true;
@@
-list_del_init(&ns->head->entry);
 if (ns->head->disk)
 	last_path = true;
+else
+	list_del_init(&ns->head->entry);

@@
expression ns;
symbol last_path;
@@
 if (last_path)
-	nvme_put_ns_head(ns->head);
+	nvme_mpath_remove_disk(ns->head);

@@
expression E;
@@
-nvme_mpath_remove_disk(E);
+nvme_mpath_put_disk(E);
 ida_free(...);

@@
expression E;
@@
-nvme_mpath_shutdown_disk(E);
+nvme_mpath_remove_disk(E);

@@
expression ns, L;
@@
-if (list_empty(&ns->head->list))
+if (list_empty(&ns->head->list) && !ns->head->disk)
 	list_del_init(&ns->head->entry);
 mutex_unlock(L);
+nvme_mpath_remove_disk(ns->head);
 nvme_put_ns_head(ns->head);

@@
expression E;
@@
-!list_empty(&E->list) && nvme_tryget_ns_head(E)
+nvme_tryget_ns_head(E)

@@
expression E;
symbol THIS_MODULE;
@@
-if (cancel_delayed_work(&E->remove_work))
-	module_put(THIS_MODULE);

// core.c: the library has to know of every change of a path.
@@
identifier change =~ "^nvme_change_ctrl_state$";
identifier ctrl;
type T;
symbol changed;
@@
 T change(struct nvme_ctrl *ctrl, ...)
 {
 	...
+	nvme_mpath_ctrl_changed(ctrl);
 	return changed;
 }

@@
expression ns;
@@
(
-nvme_mpath_revalidate_paths(ns->head);
+nvme_mpath_check_capacity(ns->head);
|
-nvme_mpath_revalidate_paths(ns);
+nvme_mpath_check_capacity(ns->head);
)

// core.c: a head's char device is the library's, of the class of all.
@@
type T;
identifier cls =~ "^nvme_ns_chr_class$";
initializer list fields;
@@
-static
 T cls = { fields };

// ioctl.c: the operations of a head are the library's.
@@
identifier ioctl =~ "^nvme_ns_head_";
type T;
@@
-T ioctl(...) { ... }

@@
identifier uring_cmd =~ "^nvme_ns_uring_cmd$";
type T;
@@
-static
 T uring_cmd(...) { ... }

// pr.c: and so are its reservations.
@@
identifier send =~ "^nvme_send_ns_head_pr_command$";
type T;
@@
-T send(...) { ... }

@@
expression disk;
@@
-if (nvme_disk_is_ns_head(disk))
-	return nvme_send_ns_head_pr_command(...);

// sysfs.c: a head is found through the library's.
@@
expression disk;
@@
 if (nvme_disk_is_ns_head(disk))
-	return disk->private_data;
+	return nvme_disk_to_ns_head(disk);

@@
identifier update =~ "^ns_head_update_nuse$";
type T;
@@
-T update(...) { ... }

@@
identifier show =~ "^nuse_show$";
type T;
@@
+static int nvme_path_update_nuse(struct mpath_device *mdev)
+{
+	return ns_update_nuse(nvme_mdev_to_ns(mdev));
+}
+
 T show(...) { ... }

@@
expression E;
@@
-ns_head_update_nuse(E)
+mpath_call_for_device(nvme_mpath_head(E), nvme_path_update_nuse)

// sysfs.c: and shows what the library knows.
@ has_group @
symbol nvme_ns_mpath_attr_group;
@@
-&nvme_ns_mpath_attr_group
+&mpath_attr_group

@ depends on !has_group @
identifier groups =~ "^nvme_ns_attr_groups$";
symbol nvme_ns_attr_group, NULL;
@@
 const struct attribute_group *groups[] = {
 	&nvme_ns_attr_group,
+	&mpath_attr_group,
 	NULL,
 };
