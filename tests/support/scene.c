#include "scene.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "mark.h"

void scene_plain(const Temp *temp, uid_t user)
{
    (void)temp;
    (void)user;
}

void scene_leftovers(const Temp *temp, uid_t user)
{
    (void)user;
    temp_write(temp, ".vekha.lock", STR(""));
    temp_write(temp, ".plan.yaml.new", STR("half of a pl"));
}

void scene_link(const Temp *temp, uid_t user)
{
    (void)user;
    assert_int_equal(link(temp_path(temp, "plan.yaml"), temp_path(temp, "other.yaml")), 0);
}

void scene_symlink(const Temp *temp, uid_t user)
{
    (void)user;
    assert_int_equal(mkdir(temp_path(temp, "far"), 0755), 0);
    assert_int_equal(rename(temp_path(temp, "plan.yaml"), temp_path(temp, "far/real.yaml")), 0);
    assert_int_equal(symlink("far/real.yaml", temp_path(temp, "plan.yaml")), 0);
}

void scene_closed(const Temp *temp, uid_t user)
{
    assert_int_equal(chmod(temp_path(temp, "plan.yaml"), 0666), 0);
    assert_int_equal(chmod(temp->path, 0555), 0);
    (void)user;
}

void scene_group(const Temp *temp, uid_t user)
{
    enum { FOREIGN = 23456 };
    assert_int_equal(chmod(temp_path(temp, "plan.yaml"), 0666), 0);
    assert_int_equal(chmod(temp->path, 0777), 0);
    assert_true(user == 0 || chown(temp_path(temp, "plan.yaml"), 0, FOREIGN) == 0);
}

void scene_torn(const Temp *temp, uid_t user)
{
    StrBuf old = { 0 };
    StrBuf new = { 0 };
    StrBuf torn = { 0 };
    temp_read(temp_path(temp, "plan.yaml"), &old);
    strbuf_add(&new, strbuf_str(&old));
    strbuf_splice(&new, 0, 8, STR("# another line\nvekha: 1"));
    strbuf_add(&torn, str_sub(strbuf_str(&new), 0, new.n_bytes / 2));
    strbuf_add(&torn, str_from(strbuf_str(&old), new.n_bytes / 2));
    scene_link(temp, user);
    temp_write(temp, ".plan.yaml.saved", strbuf_str(&old));
    temp_write(temp, ".plan.yaml.new", strbuf_str(&new));
    temp_write(temp, "plan.yaml", strbuf_str(&torn));
    strbuf_done(&old);
    strbuf_done(&new);
    strbuf_done(&torn);
}

void scene_write_plan(const Temp *temp)
{
    enum { EVENTS = 4 };
    StrBuf plan = { 0 };
    mark_add_plan(&plan, EVENTS);
    temp_write(temp, "plan.yaml", strbuf_str(&plan));
    strbuf_done(&plan);
}
