package io.xiaoer.ordersync.command;

import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.tenant.CrossTenant;
import java.time.Instant;
import org.apache.ibatis.annotations.Delete;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;
import org.jspecify.annotations.Nullable;

/// The table `idempotency`.
@Mapper
interface IdempotencyMapper {
    /// What is kept under a key.
    ///
    /// @param answer null only inside the transaction that is making it
    record Kept(String fingerprint, @Nullable String answer, Instant createdAt) {}

    /// Does not wait: fails at once while another transaction is making the row.
    @Select("""
            SELECT fingerprint, answer, created_at FROM idempotency
            WHERE shop_id = #{shop} AND idem_key = #{key} FOR UPDATE NOWAIT""")
    @Nullable
    Kept find(@Param("shop") ShopId shop, @Param("key") String key);

    @Insert("""
            INSERT INTO idempotency (shop_id, idem_key, fingerprint, created_at)
            VALUES (#{shop}, #{key}, #{fingerprint}, #{now})""")
    void insert(
            @Param("shop") ShopId shop,
            @Param("key") String key,
            @Param("fingerprint") String fingerprint,
            @Param("now") Instant now);

    @Update("UPDATE idempotency SET answer = #{answer} WHERE shop_id = #{shop} AND idem_key = #{key}")
    void answer(@Param("shop") ShopId shop, @Param("key") String key, @Param("answer") String answer);

    @Delete("DELETE FROM idempotency WHERE shop_id = #{shop} AND idem_key = #{key}")
    void delete(@Param("shop") ShopId shop, @Param("key") String key);

    @CrossTenant(reason = "The sweeper forgets the old keys of all shops")
    @Delete("DELETE FROM idempotency WHERE created_at < #{before} LIMIT #{limit}")
    int forget(@Param("before") Instant before, @Param("limit") int limit);
}
