package io.xiaoer.session.handoff;

import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.tenant.CrossTenant;
import io.xiaoer.session.conversation.Owner;
import io.xiaoer.session.conversation.SessionRow;
import java.util.List;
import org.apache.ibatis.annotations.Delete;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;

/// What hand-off reads of sessions and of their changes.
@Mapper
interface HandOffMapper {

    String COLUMNS = "shop_id, id, user_id, owner, number, holder, holder_name, device, locale, order_id,"
            + " handoff_reason, queued_at, queue_rank, created_at, changed_at, changed_how, changed_by, ended_at, turn ";

    @Select("SELECT " + COLUMNS + """
            FROM session WHERE shop_id = #{shop} AND owner = 'QUEUE'
              AND (queue_rank > #{rank} OR (queue_rank = #{rank} AND id > #{id}))
            ORDER BY queue_rank, id LIMIT #{limit}""")
    List<SessionRow> waiting(
            @Param("shop") ShopId shop, @Param("rank") long rank, @Param("id") long id, @Param("limit") int limit);

    @Select("""
            SELECT COUNT(*) FROM session WHERE shop_id = #{shop} AND owner = 'QUEUE'
              AND (queue_rank < #{rank} OR (queue_rank = #{rank} AND id < #{id}))""")
    int countAhead(@Param("shop") ShopId shop, @Param("rank") long rank, @Param("id") long id);

    @Select("SELECT COUNT(*) FROM session WHERE shop_id = #{shop} AND owner = 'QUEUE'")
    int countWaiting(@Param("shop") ShopId shop);

    @Select("SELECT " + COLUMNS + """
            FROM session WHERE shop_id = #{shop} AND owner = 'AGENT' AND holder = #{agent} ORDER BY id LIMIT #{limit}""")
    List<SessionRow> heldBy(@Param("shop") ShopId shop, @Param("agent") String agent, @Param("limit") int limit);

    /// How many sessions each agent holds.
    record Load(String holder, int sessions) {}

    @Select("""
            SELECT holder, COUNT(*) AS sessions FROM session WHERE shop_id = #{shop} AND owner = 'AGENT'
            GROUP BY holder""")
    List<Load> loads(@Param("shop") ShopId shop);

    @Select("""
            SELECT lasted FROM session_change WHERE shop_id = #{shop} AND owner_before = 'AGENT'
            ORDER BY changed_at DESC LIMIT #{limit}""")
    List<Long> handlingTimes(@Param("shop") ShopId shop, @Param("limit") int limit);

    @Select("""
            SELECT DISTINCT holder FROM session_change WHERE shop_id = #{shop} AND session_id = #{id}
              AND holder IS NOT NULL AND changed_at >= #{since}""")
    List<String> holdersSince(@Param("shop") ShopId shop, @Param("id") long id, @Param("since") long since);

    @CrossTenant(reason = "the sweeper looks after the sessions of every shop")
    @Select("SELECT " + COLUMNS + """
            FROM session WHERE owner = #{owner} AND (shop_id > #{shop} OR (shop_id = #{shop} AND id > #{id}))
            ORDER BY shop_id, id LIMIT #{limit}""")
    List<SessionRow> owned(
            @Param("owner") Owner owner, @Param("shop") String shop, @Param("id") long id, @Param("limit") int limit);

    @CrossTenant(reason = "the sweeper looks after the queue of every shop")
    @Select("SELECT DISTINCT shop_id FROM session WHERE owner = 'QUEUE'")
    List<String> shopsWithQueue();

    @CrossTenant(reason = "old changes go, whichever shop they were of")
    @Delete("DELETE FROM session_change WHERE changed_at < #{before} LIMIT #{limit}")
    int forget(@Param("before") long before, @Param("limit") int limit);
}
