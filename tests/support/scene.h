#ifndef TESTS_SUPPORT_SCENE_H
#define TESTS_SUPPORT_SCENE_H

#include <sys/types.h>

#include "temp.h"

/*
 * The folders in which a save is tried. Each arranges one that has plan.yaml, for a program that runs as that user: root is
 * stopped by no missing right.
 */

/** plan.yaml, with some events. */
void scene_write_plan(const Temp *temp);
/** As it is. */
void scene_plain(const Temp *temp, uid_t user);
/** A lock file, and half a copy that was left. */
void scene_leftovers(const Temp *temp, uid_t user);
/** The plan has another name, other.yaml. */
void scene_link(const Temp *temp, uid_t user);
/** The plan is a symlink to far/real.yaml. */
void scene_symlink(const Temp *temp, uid_t user);
/** Nothing may be made in the folder. */
void scene_closed(const Temp *temp, uid_t user);
/** A group that the writer is not in: a new file would not get it. */
void scene_group(const Temp *temp, uid_t user);
/** Killed while it was rewritten in place: half of it is new. */
void scene_torn(const Temp *temp, uid_t user);

#endif
