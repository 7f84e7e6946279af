package io.xiaoer.ordersync.command;

import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.resealing.OlderKey;
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

/// The table `command`.
@Mapper
interface CommandMapper {
    String COLUMNS =
            "shop_id, id, kind, user_id, arguments, requested_by, status, reason, outcome, created_at, updated_at";

    /// @param order that it is about, if it is about one
    /// @param words what was written into it, encrypted
    @Insert("""
            INSERT INTO command (shop_id, id, kind, user_id, order_id, arguments, words, requested_by, status, created_at,
                                 updated_at)
            VALUES (#{it.shopId}, #{it.id}, #{it.kind}, #{it.userId}, #{order}, #{it.arguments}, #{words},
                    #{it.requestedBy}, #{it.status}, #{it.createdAt}, #{it.updatedAt})""")
    void insert(
            @Param("it") Command command,
            @Param("order") @Nullable String order,
            @Param("words") byte @Nullable [] words);

    @Select("SELECT " + COLUMNS + " FROM command WHERE shop_id = #{shop} AND id = #{id}")
    @Nullable
    Command find(@Param("shop") ShopId shop, @Param("id") String id);

    /// Holds the row until the transaction ends.
    @Select("SELECT " + COLUMNS + " FROM command WHERE shop_id = #{shop} AND id = #{id} FOR UPDATE")
    @Nullable
    Command lock(@Param("shop") ShopId shop, @Param("id") String id);

    /// Changes the status if it is still `from`; says whether it was.
    @Update("""
            UPDATE command SET status = #{to}, reason = #{reason}, outcome = #{outcome}, updated_at = #{now}
            WHERE shop_id = #{shop} AND id = #{id} AND status = #{from}""")
    boolean change(
            @Param("shop") ShopId shop,
            @Param("id") String id,
            @Param("from") CommandStatus from,
            @Param("to") CommandStatus to,
            @Param("reason") @Nullable String reason,
            @Param("outcome") @Nullable String outcome,
            @Param("now") Instant now);

    /// What was written into a command about an order.
    @SuppressWarnings("ArrayRecordComponent") // carried from the mapper, never compared
    record Written(String orderId, byte @Nullable [] words) {}

    @Select("SELECT order_id, words FROM command WHERE shop_id = #{shop} AND id = #{id} AND order_id IS NOT NULL")
    @Nullable
    Written written(@Param("shop") ShopId shop, @Param("id") String id);

    @Select("""
            <script>
            SELECT id FROM command WHERE shop_id = #{shop} AND order_id IN
            <foreach collection="orders" item="order" open="(" separator="," close=")">#{order}</foreach>
            </script>""")
    List<String> about(@Param("shop") ShopId shop, @Param("orders") List<String> orders);

    @Update("""
            <script>
            UPDATE command SET words = NULL WHERE shop_id = #{shop} AND order_id IN
            <foreach collection="orders" item="order" open="(" separator="," close=")">#{order}</foreach>
            AND created_at &lt;= #{until}
            </script>""")
    int forgetWords(@Param("shop") ShopId shop, @Param("orders") List<String> orders, @Param("until") Instant until);

    /// Whose the order is that a command with words is about; null if there is no such order, or nothing was written.
    @Select("""
            SELECT orders.user_id FROM orders WHERE orders.shop_id = #{shop} AND orders.id =
              (SELECT command.order_id FROM command
               WHERE command.shop_id = #{shop} AND command.id = #{id} AND command.words IS NOT NULL)""")
    @Nullable
    String whoseWords(@Param("shop") ShopId shop, @Param("id") String id);

    @Update("UPDATE command SET words = NULL WHERE shop_id = #{shop} AND id = #{id}")
    void forgetWordsOf(@Param("shop") ShopId shop, @Param("id") String id);

    @CrossTenant(reason = "The sweep encrypts the words of all shops anew")
    @Select("SELECT shop_id, id, words_key, words FROM command"
            + " WHERE words_key >= #{afterKey} AND (words_key > #{afterKey} OR shop_id > #{afterShop}"
            + " OR (shop_id = #{afterShop} AND id > #{afterId})) AND words_key < #{until}"
            + " ORDER BY words_key, shop_id, id LIMIT #{limit}")
    List<CommandWords.Row> underOlder(OlderKey wanted);

    @CrossTenant(reason = "A figure over all shops, for metrics")
    @Select("SELECT COUNT(*) FROM ((SELECT 1 FROM command WHERE words_key < #{key} LIMIT #{most})"
            + " UNION ALL (SELECT 1 FROM command WHERE words_key > #{key} LIMIT #{most})) older")
    int countOlder(@Param("key") byte[] key, @Param("most") int most);

    /// Replaces the encrypted words if they are still those that were read; says whether they were.
    @Update("UPDATE command SET words = #{fresh} WHERE shop_id = #{row.shopId} AND id = #{row.id}"
            + " AND words = #{row.words}")
    boolean reseal(@Param("row") CommandWords.Row row, @Param("fresh") byte @Nullable [] fresh);

    @CrossTenant(reason = "The sweeper forgets the old commands of all shops")
    @Delete("DELETE FROM command WHERE status = #{status} AND updated_at < #{before} LIMIT #{limit}")
    int forget(@Param("status") CommandStatus status, @Param("before") Instant before, @Param("limit") int limit);
}
