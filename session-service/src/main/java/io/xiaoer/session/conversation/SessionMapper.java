package io.xiaoer.session.conversation;

import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.tenant.CrossTenant;
import java.util.List;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;
import org.jspecify.annotations.Nullable;

/// The statements on `session` and `session_rating`.
@Mapper
interface SessionMapper {

    String COLUMNS = "shop_id, id, user_id, owner, number, holder, device, locale, order_id, queued_at, created_at,"
            + " ended_at";

    @Select("SELECT " + COLUMNS + " FROM session WHERE shop_id = #{shop} AND id = #{id}")
    @Nullable
    SessionRow find(@Param("shop") ShopId shop, @Param("id") long id);

    @Select("SELECT " + COLUMNS + " FROM session WHERE shop_id = #{shop} AND open_user = #{user}")
    @Nullable
    SessionRow findOpen(@Param("shop") ShopId shop, @Param("user") String user);

    @Insert("""
            INSERT INTO session (shop_id, id, user_id, open_user, owner, number, device, locale, order_id, created_at,
              changed_at, pending)
            VALUES (#{shop}, #{row.id}, #{row.userId}, #{row.userId}, #{row.owner}, #{row.number}, #{row.device},
              #{row.locale}, #{row.orderId}, #{row.createdAt}, #{row.createdAt}, TRUE)""")
    int insert(@Param("shop") ShopId shop, @Param("row") SessionRow row);

    @Update("""
            UPDATE session SET owner = 'CLOSED', open_user = NULL, holder = NULL, number = number + 1,
              changed_at = #{now}, ended_at = #{now}, pending = TRUE
            WHERE shop_id = #{shop} AND id = #{id} AND number = #{number} AND ended_at IS NULL""")
    int close(@Param("shop") ShopId shop, @Param("id") long id, @Param("number") long number, @Param("now") long now);

    @Update("""
            UPDATE session SET owner = 'QUEUE', holder = NULL, number = number + 1, handoff_reason = #{reason},
              changed_at = #{now}, queued_at = #{now}, pending = TRUE
            WHERE shop_id = #{shop} AND id = #{id} AND number = #{number} AND ended_at IS NULL""")
    int queue(
            @Param("shop") ShopId shop,
            @Param("id") long id,
            @Param("number") long number,
            @Param("reason") @Nullable String reason,
            @Param("now") long now);

    @Update("UPDATE session SET pending = FALSE WHERE shop_id = #{shop} AND id = #{id} AND number = #{number}")
    int markShown(@Param("shop") ShopId shop, @Param("id") long id, @Param("number") long number);

    @Select("""
            SELECT COUNT(*) FROM session
            WHERE shop_id = #{shop} AND owner = 'QUEUE' AND (queued_at < #{queuedAt}
              OR (queued_at = #{queuedAt} AND id < #{id}))""")
    int countAhead(@Param("shop") ShopId shop, @Param("queuedAt") long queuedAt, @Param("id") long id);

    @CrossTenant(reason = "the sweeper repeats what a crash left, whichever shop it was for")
    @Select("SELECT " + COLUMNS + " FROM session WHERE pending = TRUE AND changed_at < #{before} LIMIT 200")
    List<SessionRow> findPending(@Param("before") long before);

    @Insert("""
            INSERT INTO session_rating (shop_id, session_id, score, comment, rated_at)
            VALUES (#{shop}, #{id}, #{score}, #{comment}, #{now})
            ON DUPLICATE KEY UPDATE score = VALUES(score), comment = VALUES(comment), rated_at = VALUES(rated_at)""")
    int rate(
            @Param("shop") ShopId shop,
            @Param("id") long id,
            @Param("score") int score,
            @Param("comment") @Nullable String comment,
            @Param("now") long now);
}
