class CreateFerries < ActiveRecord::Migration[8.1]
end
