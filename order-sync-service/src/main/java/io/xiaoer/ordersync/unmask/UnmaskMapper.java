package io.xiaoer.ordersync.unmask;

import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.tenant.CrossTenant;
import java.time.Instant;
import java.util.List;
import org.apache.ibatis.annotations.Delete;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;
import org.jspecify.annotations.Nullable;

/// The table `unmask`.
@Mapper
interface UnmaskMapper {

    String COLUMNS =
            "shop_id, id, order_id, command_id, actor, client_id, on_behalf_of, fields, reason, request_id, done_at";

    @Insert("INSERT INTO unmask (" + COLUMNS + ") VALUES (#{shopId}, #{id}, #{orderId}, #{commandId}, #{actor},"
            + " #{clientId}, #{onBehalfOf}, #{fields}, #{reason}, #{requestId}, #{doneAt})")
    void insert(UnmaskEntry entry);

    /// How often an actor read since a moment.
    @Select("SELECT COUNT(*) FROM unmask WHERE shop_id = #{shop} AND actor = #{actor} AND done_at > #{since}")
    int count(@Param("shop") ShopId shop, @Param("actor") String actor, @Param("since") Instant since);

    /// When an actor read for the first time since a moment; null if never.
    @Select("SELECT MIN(done_at) FROM unmask WHERE shop_id = #{shop} AND actor = #{actor} AND done_at > #{since}")
    @Nullable
    Instant first(@Param("shop") ShopId shop, @Param("actor") String actor, @Param("since") Instant since);

    /// The newest first.
    @Select("""
            <script>
            SELECT shop_id, id, order_id, command_id, actor, client_id, on_behalf_of, fields, reason, request_id, done_at
            FROM unmask
            WHERE shop_id = #{shop} AND id &lt; #{before}
            <if test="order != null">AND order_id = #{order}</if>
            ORDER BY id DESC
            LIMIT #{limit}
            </script>""")
    List<UnmaskEntry> list(
            @Param("shop") ShopId shop,
            @Param("order") @Nullable String order,
            @Param("before") long before,
            @Param("limit") int limit);

    /// Empties what was said of an erased shopper's orders.
    @Update("UPDATE unmask SET reason = '' WHERE shop_id = #{shop} AND order_id IN"
            + " (SELECT orders.id FROM orders WHERE orders.shop_id = #{shop} AND orders.user_id = #{user})")
    int forgetReasons(@Param("shop") ShopId shop, @Param("user") String user);

    @CrossTenant(reason = "The sweep deletes what is over of all shops")
    @Delete("DELETE FROM unmask WHERE done_at < #{before} LIMIT #{limit}")
    int forget(@Param("before") Instant before, @Param("limit") int limit);
}
