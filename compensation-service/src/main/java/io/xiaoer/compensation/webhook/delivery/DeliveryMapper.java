package io.xiaoer.compensation.webhook.delivery;

import io.xiaoer.common.id.ShopId;
import java.time.Instant;
import java.util.List;
import org.apache.ibatis.annotations.Delete;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;
import org.jspecify.annotations.Nullable;

/// The tables `webhook_delivery` and `webhook_lane`, each shop's within its own work.
@Mapper
interface DeliveryMapper {
    String COLUMNS =
            "shop_id, id, webhook_id, event_id, event, lane, user_tag, payload, status, reason, attempts, failures, code,"
                    + " duration_ms, since_at, next_at, attempted_at, task_id, created_at, ended_at";

    @Select("SELECT " + COLUMNS + " FROM webhook_delivery WHERE shop_id = #{shop} AND id = #{id}")
    @Nullable
    Delivery find(@Param("shop") ShopId shop, @Param("id") String id);

    @Select("SELECT " + COLUMNS + " FROM webhook_delivery WHERE shop_id = #{shop} AND id = #{id} FOR UPDATE")
    @Nullable
    Delivery lock(@Param("shop") ShopId shop, @Param("id") String id);

    /// The newest first.
    @Select("<script>SELECT " + COLUMNS + " FROM webhook_delivery WHERE shop_id = #{shop} AND webhook_id = #{webhook}"
            + " AND id &lt; #{before}<if test='status != null'> AND status = #{status}</if>"
            + " ORDER BY id DESC LIMIT #{limit}</script>")
    List<Delivery> list(
            @Param("shop") ShopId shop,
            @Param("webhook") String webhook,
            @Param("status") @Nullable DeliveryStatus status,
            @Param("before") long before,
            @Param("limit") int limit);

    /// Ids of a time, in the order in which they came.
    @Select("<script>SELECT id FROM webhook_delivery WHERE shop_id = #{shop} AND webhook_id = #{webhook}"
            + " AND created_at &gt;= #{since} AND created_at &lt; #{until} AND payload IS NOT NULL AND status IN"
            + " <foreach collection='statuses' item='status' open='(' separator=',' close=')'>#{status}</foreach>"
            + " ORDER BY seq LIMIT #{limit}</script>")
    List<String> ofTime(
            @Param("shop") ShopId shop,
            @Param("webhook") String webhook,
            @Param("since") Instant since,
            @Param("until") Instant until,
            @Param("statuses") List<DeliveryStatus> statuses,
            @Param("limit") int limit);

    /// What is to be sent next in a lane.
    @Select("SELECT " + COLUMNS + " FROM webhook_delivery WHERE shop_id = #{shop} AND webhook_id = #{webhook}"
            + " AND status = 'PENDING' AND lane = #{lane} ORDER BY seq LIMIT 1")
    @Nullable
    Delivery head(@Param("shop") ShopId shop, @Param("webhook") String webhook, @Param("lane") String lane);

    @Select("SELECT COUNT(*) FROM (SELECT 1 FROM webhook_delivery WHERE shop_id = #{shop} AND webhook_id = #{webhook}"
            + " AND status = 'PENDING' AND lane = #{lane} LIMIT #{limit}) waiting")
    int waiting(
            @Param("shop") ShopId shop,
            @Param("webhook") String webhook,
            @Param("lane") String lane,
            @Param("limit") int limit);

    /// Changes a delivery that still has the status `from`; says whether it had.
    @Update(
            "UPDATE webhook_delivery SET status = #{to.status}, reason = #{to.reason}, attempts = #{to.attempts}, failures = #{to.failures},"
                    + " code = #{to.code}, duration_ms = #{to.durationMs}, since_at = #{to.sinceAt}, next_at = #{to.nextAt},"
                    + " attempted_at = #{to.attemptedAt}, task_id = #{to.taskId}, ended_at = #{to.endedAt},"
                    + " payload = #{to.payload} WHERE shop_id = #{shop} AND id = #{to.id} AND status = #{from}")
    boolean change(@Param("shop") ShopId shop, @Param("from") DeliveryStatus from, @Param("to") Delivery to);

    @Select("SELECT lane FROM webhook_lane WHERE shop_id = #{shop} AND webhook_id = #{webhook} AND next_at <= #{now}"
            + " ORDER BY next_at LIMIT #{limit}")
    List<String> due(
            @Param("shop") ShopId shop,
            @Param("webhook") String webhook,
            @Param("now") Instant now,
            @Param("limit") int limit);

    @Update("UPDATE webhook_lane SET claim = #{claim}, next_at = #{until}"
            + " WHERE shop_id = #{shop} AND webhook_id = #{webhook} AND lane = #{lane} AND next_at <= #{now}")
    boolean claim(
            @Param("shop") ShopId shop,
            @Param("webhook") String webhook,
            @Param("lane") String lane,
            @Param("claim") String claim,
            @Param("now") Instant now,
            @Param("until") Instant until);

    /// Who holds a lane, or an empty text; null if there is no such lane.
    @Select("SELECT COALESCE(claim, '') FROM webhook_lane"
            + " WHERE shop_id = #{shop} AND webhook_id = #{webhook} AND lane = #{lane} FOR UPDATE")
    @Nullable
    String lockLane(@Param("shop") ShopId shop, @Param("webhook") String webhook, @Param("lane") String lane);

    @Update("UPDATE webhook_lane SET claim = NULL, next_at = #{next}"
            + " WHERE shop_id = #{shop} AND webhook_id = #{webhook} AND lane = #{lane}")
    void release(
            @Param("shop") ShopId shop,
            @Param("webhook") String webhook,
            @Param("lane") String lane,
            @Param("next") Instant next);

    @Delete("DELETE FROM webhook_lane WHERE shop_id = #{shop} AND webhook_id = #{webhook} AND lane = #{lane}")
    void deleteLane(@Param("shop") ShopId shop, @Param("webhook") String webhook, @Param("lane") String lane);

    /// Something waits in a lane; one that nobody holds is due at once.
    @Insert("INSERT INTO webhook_lane (shop_id, webhook_id, lane, next_at)"
            + " VALUES (#{shop}, #{webhook}, #{lane}, #{now})"
            + " ON DUPLICATE KEY UPDATE next_at = IF(claim IS NULL, LEAST(next_at, VALUES(next_at)), next_at)")
    void wakeLane(
            @Param("shop") ShopId shop,
            @Param("webhook") String webhook,
            @Param("lane") String lane,
            @Param("now") Instant now);
}
