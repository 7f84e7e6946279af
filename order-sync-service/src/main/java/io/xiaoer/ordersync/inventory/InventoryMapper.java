package io.xiaoer.ordersync.inventory;

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

/// The tables `inventory` and `inventory_lock`. Whoever changes both takes the row of the lock first.
@Mapper
interface InventoryMapper {
    @Select("SELECT shop_id, sku, on_hand, locked FROM inventory WHERE shop_id = #{shop} AND sku = #{sku}")
    @Nullable
    Stock find(@Param("shop") ShopId shop, @Param("sku") String sku);

    @Insert("""
            INSERT INTO inventory (shop_id, sku, on_hand, locked, updated_at)
            VALUES (#{shop}, #{sku}, #{onHand}, 0, #{now})""")
    void insert(
            @Param("shop") ShopId shop,
            @Param("sku") String sku,
            @Param("onHand") long onHand,
            @Param("now") Instant now);

    @Update("""
            UPDATE inventory SET on_hand = #{onHand}, updated_at = #{now}
            WHERE shop_id = #{shop} AND sku = #{sku}""")
    boolean setOnHand(
            @Param("shop") ShopId shop,
            @Param("sku") String sku,
            @Param("onHand") long onHand,
            @Param("now") Instant now);

    /// Takes all of the quantity from what is available, or nothing.
    @Update("""
            UPDATE inventory SET locked = locked + #{quantity}, updated_at = #{now}
            WHERE shop_id = #{shop} AND sku = #{sku} AND on_hand - locked >= #{quantity}""")
    boolean take(
            @Param("shop") ShopId shop,
            @Param("sku") String sku,
            @Param("quantity") long quantity,
            @Param("now") Instant now);

    @Update("""
            UPDATE inventory SET locked = locked - #{quantity}, updated_at = #{now}
            WHERE shop_id = #{shop} AND sku = #{sku}""")
    void giveBack(
            @Param("shop") ShopId shop,
            @Param("sku") String sku,
            @Param("quantity") long quantity,
            @Param("now") Instant now);

    @Insert("""
            INSERT INTO inventory_lock (shop_id, id, sku, quantity, status, expires_at)
            VALUES (#{shopId}, #{id}, #{sku}, #{quantity}, #{status}, #{expiresAt})""")
    void insertLock(StockLock lock);

    /// Holds the row until the transaction ends.
    @Select("""
            SELECT shop_id, id, sku, quantity, status, expires_at FROM inventory_lock
            WHERE shop_id = #{shop} AND id = #{id} FOR UPDATE""")
    @Nullable
    StockLock lock(@Param("shop") ShopId shop, @Param("id") String id);

    /// Ends a lock that is held; says whether it was.
    @Update("""
            UPDATE inventory_lock SET status = #{to}, ended_at = #{now}
            WHERE shop_id = #{shop} AND id = #{id} AND status = 'HELD'""")
    boolean end(
            @Param("shop") ShopId shop, @Param("id") String id, @Param("to") LockStatus to, @Param("now") Instant now);

    @CrossTenant(reason = "The sweeper forgets the old locks of all shops")
    @Delete("DELETE FROM inventory_lock WHERE ended_at < #{before} LIMIT #{limit}")
    int forgetEnded(@Param("before") Instant before, @Param("limit") int limit);

    @CrossTenant(reason = "The sweeper ends the locks of all shops whose time is over")
    @Select("""
            SELECT shop_id, id, sku, quantity, status, expires_at FROM inventory_lock
            WHERE status = 'HELD' AND expires_at <= #{now}
            ORDER BY expires_at LIMIT #{limit}""")
    List<StockLock> overdue(@Param("now") Instant now, @Param("limit") int limit);
}
