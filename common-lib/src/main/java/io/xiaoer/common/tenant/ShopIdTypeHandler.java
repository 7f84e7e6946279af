package io.xiaoer.common.tenant;

import io.xiaoer.common.id.ShopId;
import java.sql.CallableStatement;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.apache.ibatis.type.BaseTypeHandler;
import org.apache.ibatis.type.JdbcType;
import org.apache.ibatis.type.MappedTypes;
import org.jspecify.annotations.Nullable;

/// Lets mappers speak of [ShopId] where the table has a text.
@MappedTypes(ShopId.class)
public final class ShopIdTypeHandler extends BaseTypeHandler<ShopId> {

    @Override
    public void setNonNullParameter(PreparedStatement statement, int at, ShopId shop, @Nullable JdbcType type)
            throws SQLException {
        statement.setString(at, shop.value());
    }

    @Override
    public @Nullable ShopId getNullableResult(ResultSet row, String column) throws SQLException {
        return shop(row.getString(column));
    }

    @Override
    public @Nullable ShopId getNullableResult(ResultSet row, int column) throws SQLException {
        return shop(row.getString(column));
    }

    @Override
    public @Nullable ShopId getNullableResult(CallableStatement call, int column) throws SQLException {
        return shop(call.getString(column));
    }

    private static @Nullable ShopId shop(@Nullable String text) {
        return text == null ? null : new ShopId(text);
    }
}
