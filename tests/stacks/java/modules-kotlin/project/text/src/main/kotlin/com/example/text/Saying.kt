package com.example.text

object Saying {
    @JvmStatic
    fun of(month: String): String = "In $month the bees sleep."
}
