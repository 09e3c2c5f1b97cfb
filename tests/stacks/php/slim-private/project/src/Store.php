<?php

namespace Mill;

final class Store
{
}
