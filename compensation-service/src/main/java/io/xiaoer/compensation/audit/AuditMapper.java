package io.xiaoer.compensation.audit;

import java.time.Instant;
import java.util.List;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;

/// The table `audit`.
@Mapper
interface AuditMapper {
    @Insert("""
            INSERT INTO audit (id, task_id, actor, action, detail, done_at)
            VALUES (#{id}, #{task}, #{actor}, #{action}, #{detail}, #{now})""")
    void insert(
            @Param("id") String id,
            @Param("task") String task,
            @Param("actor") String actor,
            @Param("action") String action,
            @Param("detail") String detail,
            @Param("now") Instant now);

    @Select("SELECT actor, action, detail, done_at FROM audit WHERE task_id = #{task} ORDER BY id DESC LIMIT #{limit}")
    List<AuditEntry> of(@Param("task") String task, @Param("limit") int limit);
}
