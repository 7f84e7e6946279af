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

/// The statements on `session`, `session_change` and `session_rating`.
@Mapper
interface SessionMapper {

    String COLUMNS = "shop_id, id, user_id, owner, number, holder, holder_name, device, locale, order_id,"
            + " handoff_reason, queued_at, queue_rank, created_at, changed_at, changed_how, changed_by, ended_at,"
            + " turn";

    @Select("SELECT " + COLUMNS + " FROM session WHERE shop_id = #{shop} AND id = #{id}")
    @Nullable
    SessionRow find(@Param("shop") ShopId shop, @Param("id") long id);

    @Select("SELECT " + COLUMNS + " FROM session WHERE shop_id = #{shop} AND open_user = #{user}")
    @Nullable
    SessionRow findOpen(@Param("shop") ShopId shop, @Param("user") String user);

    @Select("""
            SELECT COUNT(*) FROM session
            WHERE shop_id = #{shop} AND user_id = #{user} AND (ended_at IS NULL OR ended_at > #{since})""")
    int countOpenSince(@Param("shop") ShopId shop, @Param("user") String user, @Param("since") long since);

    @Insert("""
            INSERT INTO session (shop_id, id, user_id, open_user, owner, number, device, locale, order_id, created_at,
              changed_at, pending)
            VALUES (#{shop}, #{row.id}, #{row.userId}, #{row.userId}, #{row.owner}, #{row.number}, #{row.device},
              #{row.locale}, #{row.orderId}, #{row.createdAt}, #{row.createdAt}, TRUE)""")
    int insert(@Param("shop") ShopId shop, @Param("row") SessionRow row);

    @Select("""
            SELECT MAX(COALESCE(turn, id)) FROM session
            WHERE shop_id = #{shop} AND user_id = #{user} AND id <> #{id}""")
    @Nullable
    Long latestTurn(@Param("shop") ShopId shop, @Param("user") String user, @Param("id") long id);

    @Update("UPDATE session SET turn = #{turn} WHERE shop_id = #{shop} AND id = #{id} AND ended_at IS NULL")
    int setTurn(@Param("shop") ShopId shop, @Param("id") long id, @Param("turn") long turn);

    @Update("""
            UPDATE session SET owner = 'CLOSED', open_user = NULL, holder = NULL, holder_name = NULL,
              number = number + 1, queued_at = NULL, queue_rank = NULL, changed_at = #{now}, changed_how = #{how},
              changed_by = #{by}, ended_at = #{now}, pending = TRUE
            WHERE shop_id = #{shop} AND id = #{id} AND number = #{number} AND ended_at IS NULL""")
    int close(
            @Param("shop") ShopId shop,
            @Param("id") long id,
            @Param("number") long number,
            @Param("how") Change how,
            @Param("by") @Nullable String by,
            @Param("now") long now);

    @Update("""
            UPDATE session SET owner = #{to.owner}, holder = #{to.holder}, holder_name = #{to.holderName},
              number = number + 1, handoff_reason = COALESCE(#{to.reason}, handoff_reason), queued_at = #{queuedAt},
              queue_rank = #{rank}, changed_at = #{now}, changed_how = #{to.how}, changed_by = #{to.by}, pending = TRUE
            WHERE shop_id = #{shop} AND id = #{id} AND number = #{number} AND ended_at IS NULL""")
    int pass(
            @Param("shop") ShopId shop,
            @Param("id") long id,
            @Param("number") long number,
            @Param("to") SessionStore.Passing to,
            @Param("queuedAt") @Nullable Long queuedAt,
            @Param("rank") @Nullable Long rank,
            @Param("now") long now);

    @Insert("""
            INSERT INTO session_change (shop_id, session_id, number, how, owner_before, owner, holder, changed_by,
              changed_at, lasted)
            VALUES (#{shop}, #{row.id}, #{row.number} + 1, #{how}, #{row.owner}, #{owner}, #{holder}, #{by}, #{now},
              #{now} - #{row.changedAt})""")
    int addChange(
            @Param("shop") ShopId shop,
            @Param("row") SessionRow row,
            @Param("how") Change how,
            @Param("owner") Owner owner,
            @Param("holder") @Nullable String holder,
            @Param("by") @Nullable String by,
            @Param("now") long now);

    @Select("""
            SELECT COUNT(*) FROM session_change
            WHERE shop_id = #{shop} AND session_id = #{id} AND holder = #{agent}""")
    int countHeld(@Param("shop") ShopId shop, @Param("id") long id, @Param("agent") String agent);

    @Update("UPDATE session SET pending = FALSE WHERE shop_id = #{shop} AND id = #{id} AND number = #{number}")
    int markShown(@Param("shop") ShopId shop, @Param("id") long id, @Param("number") long number);

    @Update("""
            UPDATE session SET pending = FALSE
            WHERE shop_id = #{shop} AND id = #{id} AND number = #{number} AND changed_at < #{before}""")
    int markLeft(
            @Param("shop") ShopId shop,
            @Param("id") long id,
            @Param("number") long number,
            @Param("before") long before);

    @CrossTenant(reason = "the sweeper repeats what a crash left, whichever shop it was for")
    @Select("SELECT " + COLUMNS + """
             FROM session WHERE pending = TRUE AND changed_at < #{before} AND changed_at >= #{changed}
              AND (changed_at > #{changed} OR shop_id > #{shop} OR (shop_id = #{shop} AND id > #{id}))
            ORDER BY changed_at, shop_id, id LIMIT #{limit}""")
    List<SessionRow> findPending(
            @Param("before") long before,
            @Param("changed") long changed,
            @Param("shop") String shop,
            @Param("id") long id,
            @Param("limit") int limit);

    @CrossTenant(reason = "the sweeper closes what ended by itself, whichever shop it was for")
    @Select("SELECT " + COLUMNS + " FROM session WHERE due_at < #{now} ORDER BY due_at LIMIT #{limit}")
    List<SessionRow> findDue(@Param("now") long now, @Param("limit") int limit);

    @Update("UPDATE session SET open_until = #{until} WHERE shop_id = #{shop} AND id = #{id}")
    int lookAgain(@Param("shop") ShopId shop, @Param("id") long id, @Param("until") long until);

    @Insert("""
            INSERT IGNORE INTO session_rating (shop_id, session_id, score, comment, rated_at)
            VALUES (#{shop}, #{id}, #{score}, #{comment}, #{now})""")
    int rate(
            @Param("shop") ShopId shop,
            @Param("id") long id,
            @Param("score") int score,
            @Param("comment") @Nullable String comment,
            @Param("now") long now);

    @Update("""
            UPDATE session_rating SET score = #{score}, comment = #{comment}, rated_at = #{now}
            WHERE shop_id = #{shop} AND session_id = #{id}
              AND NOT (score = #{score} AND comment <=> #{comment})""")
    int rateAnew(
            @Param("shop") ShopId shop,
            @Param("id") long id,
            @Param("score") int score,
            @Param("comment") @Nullable String comment,
            @Param("now") long now);
}
